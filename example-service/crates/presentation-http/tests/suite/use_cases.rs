//! Every use case on stores in memory.

use application::accounts::commands::{
    ChangeMyPasswordInteractor, DeleteMeInteractor, LogInInteractor, LogOutInteractor,
    RefreshSessionInteractor, RenewSessionInteractor, SignUpInteractor, UpdateMeInteractor,
};
use application::accounts::common::AccessTokens;
use application::accounts::queries::{AuthenticateQuery, GetMeQuery};
use application::administration::commands::{
    ActivateUserInteractor, CreateUserInteractor, DeactivateUserInteractor, GrantAdminInteractor,
    RevokeAdminInteractor, SetPasswordInteractor,
};
use application::administration::queries::{GetUserQuery, ListUsersQuery};
use application::catalog::commands::{
    ArchiveProductInteractor, CreateProductInteractor, UpdateProductInteractor,
};
use application::catalog::queries::{GetProductQuery, ListProductsQuery};
use application::jobs::commands::RetryJobInteractor;
use application::jobs::queries::ListJobsQuery;
use application::orders::commands::{
    CancelOrderInteractor, DeliverOrderInteractor, PayOrderInteractor, PlaceOrderInteractor,
    ShipOrderInteractor,
};
use application::orders::queries::{GetOrderQuery, ListMyOrdersQuery};
use application::recovery::commands::{RequestRecoveryInteractor, ResetPasswordInteractor};
use application::recovery::queries::PreviewMailQuery;
use application::reports::commands::RequestOrderReportInteractor;
use application::reports::queries::{GetReportFileQuery, GetReportQuery};
use application::sessions::commands::{RevokeAllSessionsInteractor, RevokeSessionInteractor};
use application::sessions::queries::ListSessionsQuery;
use presentation_http::{
    AccountUseCases, AdministrationUseCases, CatalogUseCases, JobUseCases, OrderUseCases,
    RecoveryUseCases, ReportUseCases, SessionUseCases, UseCases,
};
use std::sync::Arc;
use testkit::builders::SessionBuilder;

use crate::world::Parts;

/// Makes an `Arc` of a use case from the parts that it needs.
macro_rules! run {
    ($use_case:ident($($part:expr),*)) => {
        Arc::new($use_case::new($($part.clone()),*))
    };
}

pub(crate) fn use_cases(parts: &Parts) -> UseCases {
    let Parts { store, stamps, clock, .. } = parts;
    UseCases {
        accounts: accounts(parts),
        sessions: SessionUseCases {
            list_sessions: run!(ListSessionsQuery(store, clock)),
            revoke_session: run!(RevokeSessionInteractor(store, stamps)),
            revoke_all_sessions: run!(RevokeAllSessionsInteractor(store, stamps)),
        },
        recovery: RecoveryUseCases {
            request_recovery: run!(RequestRecoveryInteractor(store, stamps)),
            reset_password: run!(ResetPasswordInteractor(
                store,
                parts.hasher,
                parts.opaque_tokens,
                stamps
            )),
            preview_mail: run!(PreviewMailQuery(store, parts.renderer, clock)),
        },
        administration: administration(parts),
        catalog: CatalogUseCases {
            create_product: run!(CreateProductInteractor(store, stamps)),
            update_product: run!(UpdateProductInteractor(store, parts.cache, stamps)),
            archive_product: run!(ArchiveProductInteractor(store, parts.cache, stamps)),
            get_product: run!(GetProductQuery(store)),
            list_products: run!(ListProductsQuery(store)),
        },
        orders: OrderUseCases {
            place_order: run!(PlaceOrderInteractor(store, parts.cache, stamps)),
            pay_order: run!(PayOrderInteractor(store, stamps)),
            ship_order: run!(ShipOrderInteractor(store, stamps)),
            deliver_order: run!(DeliverOrderInteractor(store, stamps)),
            cancel_order: run!(CancelOrderInteractor(store, parts.cache, stamps)),
            get_order: run!(GetOrderQuery(store)),
            list_my_orders: run!(ListMyOrdersQuery(store)),
        },
        reports: ReportUseCases {
            request_order_report: run!(RequestOrderReportInteractor(store, stamps)),
            get_report: run!(GetReportQuery(store)),
            get_report_file: run!(GetReportFileQuery(store, store)),
        },
        jobs: JobUseCases {
            list_jobs: run!(ListJobsQuery(store, parts.jobs)),
            retry_job: run!(RetryJobInteractor(parts.jobs)),
        },
    }
}

fn accounts(parts: &Parts) -> AccountUseCases {
    let Parts { store, stamps, clock, hasher, opaque_tokens, signed, .. } = parts;
    let policy = SessionBuilder::POLICY;
    let tokens = AccessTokens::new(signed.clone(), policy.access_lifetime);
    AccountUseCases {
        sign_up: run!(SignUpInteractor(store, hasher, stamps)),
        log_in: run!(LogInInteractor(store, store, hasher, opaque_tokens, tokens, policy, stamps)),
        log_out: run!(LogOutInteractor(store, stamps)),
        refresh_session: run!(RefreshSessionInteractor(
            store,
            opaque_tokens,
            tokens,
            policy,
            stamps
        )),
        renew_session: run!(RenewSessionInteractor(store, tokens, policy, stamps)),
        authenticate: run!(AuthenticateQuery(signed, store, clock)),
        get_me: run!(GetMeQuery(store)),
        update_me: run!(UpdateMeInteractor(store, stamps)),
        delete_me: run!(DeleteMeInteractor(store, stamps)),
        change_my_password: run!(ChangeMyPasswordInteractor(store, store, hasher, stamps)),
    }
}

fn administration(parts: &Parts) -> AdministrationUseCases {
    let Parts { store, stamps, hasher, .. } = parts;
    AdministrationUseCases {
        create_user: run!(CreateUserInteractor(store, hasher, stamps)),
        list_users: run!(ListUsersQuery(store)),
        get_user: run!(GetUserQuery(store)),
        set_password: run!(SetPasswordInteractor(store, store, hasher, stamps)),
        grant_admin: run!(GrantAdminInteractor(store, stamps)),
        revoke_admin: run!(RevokeAdminInteractor(store, stamps)),
        activate_user: run!(ActivateUserInteractor(store, stamps)),
        deactivate_user: run!(DeactivateUserInteractor(store, stamps)),
    }
}
