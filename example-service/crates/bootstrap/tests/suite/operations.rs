//! What whoever runs the service relies on: what is measured, and what happens when something
//! that it needs goes away and comes back.

mod deployment;
mod failover;
mod health;
mod limits;
mod page;
mod services;
mod statements;
mod traces;
mod without_redis;
