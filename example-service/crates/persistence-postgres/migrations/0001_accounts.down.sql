DROP TABLE one_time_tokens;
DROP TABLE spent_refresh_tokens;
DROP TABLE sessions;
DROP TABLE users;
