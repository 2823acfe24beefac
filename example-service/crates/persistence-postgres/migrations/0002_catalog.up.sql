-- Sellers are no foreign key: a product stays with the orders it is in when its seller is gone.
CREATE TABLE products (
    id uuid NOT NULL CONSTRAINT products_pkey PRIMARY KEY,
    seller_id uuid NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    price bigint NOT NULL CONSTRAINT products_price_check CHECK (price >= 0),
    currency text NOT NULL
        CONSTRAINT products_currency_check CHECK (currency IN ('USD', 'EUR', 'GBP', 'MYR')),
    stock bigint NOT NULL
        CONSTRAINT products_stock_check CHECK (stock BETWEEN 0 AND 4294967295),
    is_archived boolean NOT NULL,
    created_at timestamptz NOT NULL,
    version bigint NOT NULL
);

CREATE INDEX products_for_sale_idx ON products (id) WHERE NOT is_archived;
CREATE INDEX products_seller_idx ON products (seller_id, id) WHERE NOT is_archived;
