//! Reports and their files.

mod report_files;
mod report_mapper;
mod report_read_store;
mod report_repository;
mod report_row;

pub(crate) use report_repository::PostgresReportRepository;
