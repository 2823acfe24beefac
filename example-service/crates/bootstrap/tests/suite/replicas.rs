//! Several servers over one database.

use crate::client::Shop;
use crate::process::{Server, run_migrate};
use crate::storage::{Storage, on_both_databases};

on_both_databases!(
    replicas_that_start_at_once_migrate_and_seed_once,
    what_one_replica_does_the_other_sees,
    migrations_go_down_and_up_again,
);

async fn replicas_that_start_at_once_migrate_and_seed_once(storage: Storage) {
    const REPLICAS: usize = 4;
    let begun: Vec<Server> = (0..REPLICAS).map(|_| Server::begin(&storage, &[])).collect();
    let servers: Vec<Server> = begun.into_iter().map(Server::wait).collect();
    for server in &servers {
        let superuser = Shop::at(server).superuser().await;
        let users = superuser.get("/api/v1/users").await.expect(200).json();
        assert_eq!(
            (&users["total"], &users["items"][0]["role"]),
            (&1.into(), &"super_admin".into())
        );
    }
    let outputs: Vec<String> = servers.into_iter().map(Server::stop).collect();
    let seeded = outputs.iter().filter(|output| output.contains("the first super admin was added"));
    assert_eq!(seeded.count(), 1, "{outputs:#?}");
    // Who comes later finds everything done.
    let output = Server::start(&storage, &[]).stop();
    assert!(!output.contains("was added") && !output.contains("was migrated"), "{output}");
}

async fn what_one_replica_does_the_other_sees(storage: Storage) {
    let (one, other) = (Server::start(&storage, &[]), Server::start(&storage, &[]));
    let alice = Shop::at(&one).user("alice").await;
    let here = Shop::at(&other).log_in("alice", crate::client::PASSWORD).await;
    here.delete("/api/v1/account/sessions").await.expect(204);
    // The session that was begun over there is ended as well.
    assert_eq!(alice.get("/api/v1/account/me").await.problem(401), "unauthenticated");
}

async fn migrations_go_down_and_up_again(storage: Storage) {
    let url = storage.url();
    let settings = [("APP_DATABASE__URL", url.as_str())];
    let migrate = |arguments: &[&str]| {
        let ended = run_migrate(storage.folder(), arguments, &settings);
        assert_eq!(ended.status.code(), Some(0), "{}", ended.errors);
        ended.output
    };
    let none = migrate(&["status"]);
    assert_eq!(none.matches(": not done").count(), none.lines().count(), "{none}");
    assert!(none.starts_with("0001 accounts: not done\n"), "{none}");
    assert_eq!(migrate(&["up", "--to", "2"]).matches(": done").count(), 2);
    let all = migrate(&["up"]);
    assert_eq!(all.matches(": done").count(), none.lines().count(), "{all}");
    assert_eq!(migrate(&["status"]), all);
    assert_eq!(migrate(&["down", "--to", "1"]).matches(": done").count(), 1);
    assert_eq!(migrate(&["up"]), all);
    // The server has nothing left to do.
    let output = Server::start(&storage, &[]).stop();
    assert!(!output.contains("was migrated"), "{output}");
}
