-- Sellers are no foreign key: a product stays with the orders it is in when its seller is gone.
CREATE TABLE products (
    id BLOB NOT NULL CONSTRAINT products_pkey PRIMARY KEY,
    seller_id BLOB NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    price INTEGER NOT NULL CONSTRAINT products_price_check CHECK (price >= 0),
    currency TEXT NOT NULL
        CONSTRAINT products_currency_check CHECK (currency IN ('USD', 'EUR', 'GBP', 'MYR')),
    stock INTEGER NOT NULL
        CONSTRAINT products_stock_check CHECK (stock BETWEEN 0 AND 4294967295),
    is_archived INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX products_for_sale_idx ON products (id) WHERE NOT is_archived;
CREATE INDEX products_seller_idx ON products (seller_id, id) WHERE NOT is_archived;
