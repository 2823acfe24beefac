-- Buyers are no foreign key: an order stays when its buyer is gone.
CREATE TABLE orders (
    id uuid NOT NULL CONSTRAINT orders_pkey PRIMARY KEY,
    buyer_id uuid NOT NULL,
    total bigint NOT NULL CONSTRAINT orders_total_check CHECK (total >= 0),
    -- That of the total and of every line.
    currency text NOT NULL
        CONSTRAINT orders_currency_check CHECK (currency IN ('USD', 'EUR', 'GBP', 'MYR')),
    state text NOT NULL
        CONSTRAINT orders_state_check
        CHECK (state IN ('placed', 'paid', 'shipped', 'delivered', 'cancelled')),
    placed_at timestamptz NOT NULL,
    version bigint NOT NULL
);

CREATE INDEX orders_buyer_idx ON orders (buyer_id, id);
CREATE INDEX orders_buyer_placed_at_idx ON orders (buyer_id, placed_at, id);

CREATE TABLE order_lines (
    order_id uuid NOT NULL
        CONSTRAINT order_lines_order_fkey REFERENCES orders (id) ON DELETE CASCADE,
    position bigint NOT NULL,
    product_id uuid NOT NULL CONSTRAINT order_lines_product_fkey REFERENCES products (id),
    seller_id uuid NOT NULL,
    name text NOT NULL,
    unit_price bigint NOT NULL
        CONSTRAINT order_lines_unit_price_check CHECK (unit_price >= 0),
    quantity bigint NOT NULL
        CONSTRAINT order_lines_quantity_check CHECK (quantity BETWEEN 1 AND 1000000),
    CONSTRAINT order_lines_pkey PRIMARY KEY (order_id, position)
);

CREATE INDEX order_lines_product_idx ON order_lines (product_id);

CREATE TABLE idempotency_keys (
    buyer_id uuid NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    order_id uuid NOT NULL
        CONSTRAINT idempotency_keys_order_fkey REFERENCES orders (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (buyer_id, key)
);

CREATE INDEX idempotency_keys_order_idx ON idempotency_keys (order_id);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);
