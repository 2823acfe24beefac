//! Every adapter keeps the contracts of its port.

mod in_process;
mod redis;
