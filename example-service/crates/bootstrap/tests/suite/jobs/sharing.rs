//! Many servers and workers on one database.

use std::collections::BTreeSet;

use serde_json::json;

use super::{
    NOT_HERE, SOON, addresses, assert_each_done_once, count, done, eventually, names, sign_up,
    wait_for,
};
use crate::client::{PASSWORD, Shop};
use crate::process::{Server, Setting};
use crate::smtp::MailServer;
use crate::storage::Storage;
use crate::worker::Worker;

#[tokio::test(flavor = "multi_thread")]
async fn several_servers_and_workers_share_the_work() {
    let storage = Storage::postgres().await;
    let mail_server = MailServer::refusing(0);
    let url = mail_server.url();
    let mut settings: Vec<Setting<'_>> = SOON.to_vec();
    settings.extend([NOT_HERE, ("APP_MAIL__SMTP_URL", &url)]);
    settings.push(("APP_JOBS__CLEAN_UP", "* * * * * *"));
    // Nobody dies here, and nobody is to be taken for dead whose machine is busy.
    settings.push(("APP_JOBS__HEARTBEAT_INTERVAL", "1m"));
    // All start at once over a database with nothing in it.
    let (one, other) = (Server::begin(&storage, &settings), Server::begin(&storage, &settings));
    let workers: Vec<Worker> = (0..3).map(|_| Worker::start(&storage, &settings)).collect();
    let servers = [one.wait(), other.wait()];
    let shops = servers.each_ref().map(Shop::at);
    let users = names(0..20);
    for (number, name) in users.iter().enumerate() {
        sign_up(&shops[number % 2], name).await;
    }
    let superuser = shops[0].superuser().await;
    wait_for(&superuser, "send_welcome_mail", "done", 20).await;
    assert_eq!(mail_server.taken(), addresses(&users), "each is greeted once");
    for (number, name) in users.iter().enumerate().take(4) {
        let client = shops[number % 2].log_in(name, PASSWORD).await;
        let days = json!({ "from": "2026-01-01", "to": "2026-01-31" });
        let report = client.post("/api/v1/reports/orders", days).await.expect(202).id();
        // Whoever asks, and wherever it was written.
        let elsewhere = shops[(number + 1) % 2].log_in(name, PASSWORD).await;
        eventually("the report is ready", async || {
            let file = elsewhere.get(&format!("/api/v1/reports/{report}/file")).await;
            (file.status == 200).then_some(())
        })
        .await;
    }
    let purges = ["purge_expired_sessions", "purge_idempotency_keys", "purge_done_jobs"];
    for kind in purges {
        let is_so = async || (count(&superuser, kind, "done").await >= 3).then_some(());
        eventually("what is due every second is done", is_so).await;
    }
    let outputs: Vec<String> = workers.into_iter().map(Worker::stop).collect();
    let busy = outputs.iter().filter(|output| !done(output, "").is_empty());
    assert!(busy.count() > 1, "{outputs:?}");
    assert_each_done_once(&outputs);
    // Every worker has seen each second, and it was cleaned up once: ids begin with a time.
    let all = outputs.concat();
    for kind in purges {
        let jobs = done(&all, kind);
        let times: BTreeSet<&str> = jobs.iter().map(|job| &job[..13]).collect();
        assert_eq!(times.len(), jobs.len(), "{kind} was done twice for one time: {jobs:?}");
    }
    for server in servers {
        server.stop();
    }
}
