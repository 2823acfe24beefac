//! What the marketplace can do, as the composition root hands it over.

use std::sync::Arc;

use application::accounts::commands::{
    ChangeMyPassword, DeleteMe, LogIn, LogOut, RefreshSession, RenewSession, SignUp, UpdateMe,
};
use application::accounts::queries::{Authenticate, GetMe};
use application::administration::commands::{
    ActivateUser, CreateUser, DeactivateUser, GrantAdmin, RevokeAdmin, SetPassword,
};
use application::administration::queries::{GetUser, ListUsers};
use application::catalog::commands::{ArchiveProduct, CreateProduct, UpdateProduct};
use application::catalog::queries::{GetProduct, ListProducts};
use application::common::UseCase;
use application::jobs::commands::RetryJob;
use application::jobs::queries::ListJobs;
use application::orders::commands::{CancelOrder, DeliverOrder, PayOrder, PlaceOrder, ShipOrder};
use application::orders::queries::{GetOrder, ListMyOrders};
use application::recovery::commands::{RequestRecovery, ResetPassword};
use application::recovery::queries::PreviewMail;
use application::reports::commands::RequestOrderReport;
use application::reports::queries::{GetReport, GetReportFile};
use application::sessions::commands::{RevokeAllSessions, RevokeSession};
use application::sessions::queries::ListSessions;

/// A use case, whatever it needs.
pub type Run<O> = Arc<dyn UseCase<O>>;

/// Every use case that can be reached over HTTP.
#[expect(missing_docs, reason = "each field is the use case of its name")]
pub struct UseCases {
    pub accounts: AccountUseCases,
    pub sessions: SessionUseCases,
    pub recovery: RecoveryUseCases,
    pub administration: AdministrationUseCases,
    pub catalog: CatalogUseCases,
    pub orders: OrderUseCases,
    pub reports: ReportUseCases,
    pub jobs: JobUseCases,
}

/// What users do with their own account.
#[expect(missing_docs, reason = "each field is the use case of its name")]
pub struct AccountUseCases {
    pub sign_up: Run<SignUp>,
    pub log_in: Run<LogIn>,
    pub log_out: Run<LogOut>,
    pub refresh_session: Run<RefreshSession>,
    pub renew_session: Run<RenewSession>,
    pub authenticate: Run<Authenticate>,
    pub get_me: Run<GetMe>,
    pub update_me: Run<UpdateMe>,
    pub delete_me: Run<DeleteMe>,
    pub change_my_password: Run<ChangeMyPassword>,
}

/// What users do with their sessions.
#[expect(missing_docs, reason = "each field is the use case of its name")]
pub struct SessionUseCases {
    pub list_sessions: Run<ListSessions>,
    pub revoke_session: Run<RevokeSession>,
    pub revoke_all_sessions: Run<RevokeAllSessions>,
}

/// What users do who have lost their password, and the mails they get.
#[expect(missing_docs, reason = "each field is the use case of its name")]
pub struct RecoveryUseCases {
    pub request_recovery: Run<RequestRecovery>,
    pub reset_password: Run<ResetPassword>,
    pub preview_mail: Run<PreviewMail>,
}

/// What administrators do with other users.
#[expect(missing_docs, reason = "each field is the use case of its name")]
pub struct AdministrationUseCases {
    pub create_user: Run<CreateUser>,
    pub list_users: Run<ListUsers>,
    pub get_user: Run<GetUser>,
    pub set_password: Run<SetPassword>,
    pub grant_admin: Run<GrantAdmin>,
    pub revoke_admin: Run<RevokeAdmin>,
    pub activate_user: Run<ActivateUser>,
    pub deactivate_user: Run<DeactivateUser>,
}

/// What is done with products.
#[expect(missing_docs, reason = "each field is the use case of its name")]
pub struct CatalogUseCases {
    pub create_product: Run<CreateProduct>,
    pub update_product: Run<UpdateProduct>,
    pub archive_product: Run<ArchiveProduct>,
    pub get_product: Run<GetProduct>,
    pub list_products: Run<ListProducts>,
}

/// What is done with orders.
#[expect(missing_docs, reason = "each field is the use case of its name")]
pub struct OrderUseCases {
    pub place_order: Run<PlaceOrder>,
    pub pay_order: Run<PayOrder>,
    pub ship_order: Run<ShipOrder>,
    pub deliver_order: Run<DeliverOrder>,
    pub cancel_order: Run<CancelOrder>,
    pub get_order: Run<GetOrder>,
    pub list_my_orders: Run<ListMyOrders>,
}

/// What is done with reports.
#[expect(missing_docs, reason = "each field is the use case of its name")]
pub struct ReportUseCases {
    pub request_order_report: Run<RequestOrderReport>,
    pub get_report: Run<GetReport>,
    pub get_report_file: Run<GetReportFile>,
}

/// What is done about jobs.
#[expect(missing_docs, reason = "each field is the use case of its name")]
pub struct JobUseCases {
    pub list_jobs: Run<ListJobs>,
    pub retry_job: Run<RetryJob>,
}
