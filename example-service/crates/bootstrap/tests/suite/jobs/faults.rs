//! Jobs when something breaks.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;

use super::{
    Market, NOT_HERE, SOON, addresses, assert_each_done_once, count, names, sign_up, until,
    wait_for,
};
use crate::client::{PASSWORD, Shop};
use crate::process::{Server, Setting};
use crate::smtp::MailServer;
use crate::storage::{Storage, on_both_databases};
use crate::worker::Worker;

on_both_databases!(
    what_was_committed_is_done_after_a_crash,
    mails_go_out_once_the_mail_server_takes_them,
    what_fails_too_often_is_dead_until_it_is_given_another_chance,
    jobs_in_hand_are_finished,
);

const WELCOME: &str = "send_welcome_mail";

async fn what_was_committed_is_done_after_a_crash(storage: Storage) {
    // Nothing is relayed here, so that the crash comes between the commit and the relay.
    let server = Server::start(&storage, &[NOT_HERE]);
    let shop = Shop::at(&server);
    let alice = sign_up(&shop, "alice").await;
    let is_told = |line: &&str| line.contains("accounts.user_registered") && line.contains(&alice);
    let superuser = shop.superuser().await;
    assert_eq!(count(&superuser, WELCOME, "enqueued").await, 1);
    let of_killed = server.kill();
    assert_eq!(of_killed.lines().filter(is_told).count(), 0, "{of_killed}");
    let market = Market::open(&storage, &[]);
    market.mail("alice@example.com", "Welcome").await;
    let superuser = market.shop.superuser().await;
    wait_for(&superuser, WELCOME, "done", 1).await;
    assert_eq!(count(&superuser, WELCOME, "enqueued").await, 0);
    assert_eq!(market.mails().len(), 1);
    until("the event is told", || market.output().lines().any(|line| is_told(&line))).await;
    let output = market.close();
    assert_eq!(output.lines().filter(is_told).count(), 1, "it is told once:\n{output}");
}

async fn mails_go_out_once_the_mail_server_takes_them(storage: Storage) {
    let mail_server = MailServer::refusing(2);
    let market = Market::open(&storage, &[("APP_MAIL__SMTP_URL", &mail_server.url())]);
    sign_up(&market.shop, "alice").await;
    let superuser = market.shop.superuser().await;
    wait_for(&superuser, WELCOME, "done", 1).await;
    assert_eq!((mail_server.offered(), mail_server.taken()), (3, vec!["alice@example.com".into()]));
    let output = market.close();
    assert_eq!(output.matches("a job has failed").count(), 2, "{output}");
    assert_eq!(output.matches("a job is done").count(), 1, "{output}");
}

async fn what_fails_too_often_is_dead_until_it_is_given_another_chance(storage: Storage) {
    let mail_server = MailServer::refusing(1_000);
    let url = mail_server.url();
    let settings: [Setting<'_>; 2] = [("APP_MAIL__SMTP_URL", &url), ("APP_JOBS__RETRIES", "2")];
    let market = Market::open(&storage, &settings);
    sign_up(&market.shop, "alice").await;
    let superuser = market.shop.superuser().await;
    wait_for(&superuser, WELCOME, "dead", 1).await;
    assert_eq!((mail_server.offered(), mail_server.taken()), (3, vec![]));
    let board = superuser.get("/api/v1/admin/jobs").await.expect(200).json();
    let dead = &board["dead"]["items"][0];
    assert_eq!((&dead["kind"], &dead["attempts"]), (&WELCOME.into(), &3.into()));
    let error = dead["error"].as_str().expect("there is an error");
    assert!(error.contains("not today"), "{error}");
    let alice = market.shop.log_in("alice", PASSWORD).await;
    alice.get("/api/v1/admin/jobs").await.expect(403);
    // Once the mail server takes mails, it is given another chance.
    mail_server.refuse(0);
    let retry = format!("/api/v1/admin/jobs/{}/retry", dead["id"].as_str().expect("it has an id"));
    alice.post(&retry, Value::Null).await.expect(403);
    superuser.post(&retry, Value::Null).await.expect(202);
    wait_for(&superuser, WELCOME, "done", 1).await;
    assert_eq!(mail_server.taken(), ["alice@example.com"]);
    assert_eq!(superuser.post(&retry, Value::Null).await.problem(409), "not-dead");
    let output = market.close();
    assert_eq!(output.matches("a job has failed").count(), 2, "{output}");
    assert_eq!(output.matches("a job is dead").count(), 1, "{output}");
}

async fn jobs_in_hand_are_finished(storage: Storage) {
    let mail_server = MailServer::with_closed_gate();
    let url = mail_server.url();
    let mut settings: Vec<Setting<'_>> = SOON.to_vec();
    settings.push(("APP_MAIL__SMTP_URL", &url));
    settings.push(("APP_JOBS__SHUTDOWN_TIMEOUT", "1m"));
    settings.push(NOT_HERE);
    let mut worker = Worker::start(&storage, &settings);
    let server = Server::start(&storage, &settings);
    let shop = Shop::at(&server);
    sign_up(&shop, "alice").await;
    until("a mail waits", || mail_server.waiting() == 1).await;
    worker.signal("TERM");
    tokio::time::sleep(Duration::from_millis(500)).await;
    sign_up(&shop, "bobby").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(!worker.has_ended(), "it leaves with a job in hand:\n{}", worker.output());
    assert_eq!(mail_server.offered(), 1, "it takes a new job");
    mail_server.open_gate();
    let ended = tokio::task::block_in_place(|| worker.ended());
    assert_eq!(ended.status.code(), Some(0), "{}", ended.output);
    assert_eq!(mail_server.taken(), ["alice@example.com"]);
    let superuser = shop.superuser().await;
    assert_eq!(count(&superuser, WELCOME, "done").await, 1);
    assert_eq!(count(&superuser, WELCOME, "enqueued").await, 1, "it was handed on");
    let next = Worker::start(&storage, &settings);
    wait_for(&superuser, WELCOME, "done", 2).await;
    assert_eq!(mail_server.taken(), ["alice@example.com", "bobby@example.com"]);
    next.stop();
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn others_do_what_a_killed_worker_had_in_hand() {
    let storage = Storage::postgres().await;
    let mail_server = MailServer::with_closed_gate();
    let url = mail_server.url();
    let mut settings: Vec<Setting<'_>> = SOON.to_vec();
    settings.extend([NOT_HERE, ("APP_MAIL__SMTP_URL", &url)]);
    let server = Server::start(&storage, &settings);
    let doomed = Worker::start(&storage, &settings);
    let shop = Shop::at(&server);
    let users = names(0..12);
    for name in &users[..6] {
        sign_up(&shop, name).await;
    }
    // As many as a worker does at once.
    until("four mails wait", || mail_server.waiting() == 4).await;
    let of_doomed = doomed.kill();
    let heir = Worker::start(&storage, &settings);
    for name in &users[6..] {
        sign_up(&shop, name).await;
    }
    mail_server.open_gate();
    let superuser = shop.superuser().await;
    wait_for(&superuser, WELCOME, "done", 12).await;
    assert_eq!(mail_server.taken(), addresses(&users), "each is greeted once");
    let mut received = mail_server.received();
    assert!(received.len() > 12, "nobody got what the killed worker sent: {received:?}");
    received.dedup();
    let ids: BTreeSet<&String> = received.iter().map(|(_, id)| id).collect();
    assert_eq!((received.len(), ids.len()), (12, 12), "who gets one twice can tell: {received:?}");
    assert_eq!(of_doomed.matches("a job is done").count(), 0, "{of_doomed}");
    let of_heir = heir.stop();
    assert_eq!(of_heir.matches("a job is done").count(), 12, "{of_heir}");
    assert!(of_heir.contains("jobs were set free whose workers have died"), "{of_heir}");
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_that_are_killed_at_any_time_lose_nothing() {
    let storage = Storage::postgres().await;
    let mail_server = MailServer::refusing(0);
    let url = mail_server.url();
    let mut settings: Vec<Setting<'_>> = SOON.to_vec();
    settings.extend([NOT_HERE, ("APP_MAIL__SMTP_URL", &url)]);
    let server = Server::start(&storage, &settings);
    let shop = Shop::at(&server);
    let faithful = Worker::start(&storage, &settings);
    let users = names(0..24);
    let mut outputs = Vec::new();
    for some in users.chunks(6) {
        let doomed = Worker::start(&storage, &settings);
        let before = mail_server.offered();
        for name in some {
            sign_up(&shop, name).await;
        }
        until("it is in the middle of it", || mail_server.offered() > before).await;
        outputs.push(doomed.kill());
    }
    let superuser = shop.superuser().await;
    wait_for(&superuser, WELCOME, "done", 24).await;
    outputs.push(faithful.stop());
    let mut greeted = mail_server.taken();
    greeted.dedup();
    assert_eq!(greeted, addresses(&users), "nobody is forgotten");
    assert_each_done_once(&outputs);
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_survives_a_database_that_ends_its_connections() {
    let storage = Storage::postgres().await;
    let market = Market::open(&storage, &[]);
    sign_up(&market.shop, "alice").await;
    market.mail("alice@example.com", "Welcome").await;
    storage.cut_connections().await;
    market.shop.until_ready().await;
    sign_up(&market.shop, "bobby").await;
    market.mail("bobby@example.com", "Welcome").await;
    market.close();
}
