//! Reports and their files.

mod report_files;
mod report_read_store;
mod report_repository;

pub(crate) use report_repository::MemoryReportRepository;
