//! Users as they are shown.

use application::ports::{Sorting, UserFilter, UserSort};
use time::Duration;

use super::Backend;
use super::steps::{add_user, load_user, update_user};
use crate::builders::{START, UserBuilder};

const ALL: UserFilter = UserFilter {
    is_active: None,
    sort: UserSort::CreatedAt,
    sorting: Sorting::Ascending,
    limit: 100,
    offset: 0,
};

/// Three users whose names, addresses and times are in different orders; the second cannot
/// log in.
async fn given_three(backend: &Backend) {
    for (name, email, day, is_active) in [
        ("Bertha", "x@example.com", 1, true),
        ("anton", "z@example.com", 2, false),
        ("caesar", "y@example.com", 3, true),
    ] {
        let created_at = START + Duration::days(day);
        let user = UserBuilder::new().username(name).email(email).created_at(created_at).build();
        add_user(backend, &user).await.expect("a user can be added");
        if !is_active {
            let mut user = load_user(backend, user.id()).await.expect("the user is there");
            user.deactivate().expect("the user can be changed");
            update_user(backend, &user).await.expect("a user can be updated");
        }
    }
}

async fn names(backend: &Backend, filter: UserFilter) -> (Vec<String>, u64) {
    let (users, total) = backend.user_reads.list(&filter).await.expect("users can be listed");
    (users.iter().map(|user| user.username.to_string()).collect(), total)
}

/// Users are sorted by what was asked for.
pub async fn users_are_sorted(backend: &Backend) {
    given_three(backend).await;
    for (sort, expected) in [
        (UserSort::CreatedAt, ["Bertha", "anton", "caesar"]),
        (UserSort::Username, ["anton", "Bertha", "caesar"]),
        (UserSort::Email, ["Bertha", "caesar", "anton"]),
    ] {
        let (mut ascending, _) = names(backend, UserFilter { sort, ..ALL }).await;
        assert_eq!(ascending, expected, "{sort:?}");
        let sorting = Sorting::Descending;
        let (descending, _) = names(backend, UserFilter { sort, sorting, ..ALL }).await;
        ascending.reverse();
        assert_eq!(descending, ascending, "{sort:?}");
    }
}

/// Users are filtered, and counted as if there was no limit.
pub async fn users_are_filtered_and_counted(backend: &Backend) {
    given_three(backend).await;
    let (active, total) = names(backend, UserFilter { is_active: Some(true), ..ALL }).await;
    assert_eq!((active, total), (vec!["Bertha".to_owned(), "caesar".to_owned()], 2));
    let (idle, total) = names(backend, UserFilter { is_active: Some(false), ..ALL }).await;
    assert_eq!((idle, total), (vec!["anton".to_owned()], 1));
    let (page, total) = names(backend, UserFilter { limit: 1, offset: 1, ..ALL }).await;
    assert_eq!((page, total), (vec!["anton".to_owned()], 3));
    let (beyond, total) = names(backend, UserFilter { offset: 9, ..ALL }).await;
    assert_eq!((beyond, total), (vec![], 3));
}

/// A user is shown as it is.
pub async fn a_user_is_shown(backend: &Backend) {
    let user = UserBuilder::new().username("Alice").build();
    add_user(backend, &user).await.expect("a user can be added");
    let found = backend.user_reads.find(user.id()).await.expect("users can be read");
    let found = found.expect("the user is there");
    assert_eq!(found.username.as_str(), "Alice");
    assert_eq!(&found.email, user.email());
    assert_eq!((found.role, found.is_active), (user.role(), true));
    assert_eq!(found.created_at, START);
    let nobody = UserBuilder::new().build();
    assert!(backend.user_reads.find(nobody.id()).await.expect("users can be read").is_none());
}
