DROP TABLE enqueued_jobs;
DROP TABLE outbox;
