//! Jobs from the request that asks for them to what comes of them, with the real programs: a
//! server that does them itself over `SQLite`, and a server with workers over PostgreSQL.

mod faults;
mod flows;
mod sharing;

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, PASSWORD, Shop};
use crate::process::{Server, Setting};
use crate::storage::Storage;
use crate::worker::Worker;

/// Far longer than anything takes, on a machine that does much else.
const PATIENCE: Duration = Duration::from_mins(2);

/// What fails is tried again soon, and the dead are noticed after two seconds.
const SOON: [Setting<'static>; 5] = [
    ("APP_JOBS__FIRST_DELAY", "20ms"),
    ("APP_JOBS__LONGEST_DELAY", "1s"),
    ("APP_JOBS__POLL_INTERVAL", "20ms"),
    ("APP_JOBS__HEARTBEAT_INTERVAL", "1s"),
    ("APP_JOBS__MISSED_HEARTBEATS", "2"),
];

/// Has nothing done by the server.
const NOT_HERE: Setting<'static> = ("APP_JOBS__IN_PROCESS", "false");

/// A server, and who does its jobs.
struct Market {
    server: Server,
    worker: Option<Worker>,
    shop: Shop,
}

impl Market {
    fn open(storage: &Storage, settings: &[Setting<'_>]) -> Self {
        let mut all = SOON.to_vec();
        all.extend(settings);
        let is_shared = storage.name() == "PostgreSQL";
        let worker = is_shared.then(|| Worker::start(storage, &all));
        if is_shared {
            all.push(NOT_HERE);
        }
        let server = Server::start(storage, &all);
        let shop = Shop::at(&server);
        Self { server, worker, shop }
    }

    /// What the processes have written.
    fn output(&self) -> String {
        let worker = self.worker.as_ref().map(Worker::output).unwrap_or_default();
        self.server.output() + &worker
    }

    /// The mails that were written to the output of who does the jobs.
    fn mails(&self) -> Vec<Value> {
        let output = self.output();
        let mails = output.lines().filter(|line| line.starts_with("{\"mail\":"));
        mails.map(|line| serde_json::from_str(line).expect("a mail is JSON")).collect()
    }

    /// Waits for the first mail to someone with this word in its subject, and gives its text.
    async fn mail(&self, to: &str, subject: &str) -> String {
        let is_it = |mail: &Value| {
            let mail = &mail["mail"];
            mail["to"] == to && mail["subject"].as_str().is_some_and(|it| it.contains(subject))
        };
        let found = eventually("a mail comes", async || self.mails().into_iter().find(is_it));
        let text = found.await["mail"]["text"].as_str().map(str::to_owned);
        text.expect("a mail has a text")
    }

    /// Tells all to stop, and asserts that they do so in peace.
    fn close(self) -> String {
        let output = self.server.stop();
        output + &self.worker.map(Worker::stop).unwrap_or_default()
    }
}

/// Waits until there is something.
async fn eventually<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    let waited = tokio::time::timeout(PATIENCE, async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("{what}, but not in this test"))
}

/// Waits until something is so.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    eventually(what, async || is_so().then_some(())).await;
}

/// Signs somebody up, who gets a mail for it, and gives their id.
async fn sign_up(shop: &Shop, name: &str) -> String {
    let email = format!("{name}@example.com");
    let body = json!({ "username": name, "email": email, "password": PASSWORD });
    shop.guest().post("/api/v1/account/signup", body).await.expect(201).id()
}

/// How many jobs of a kind are in a state.
async fn count(superuser: &Client, kind: &str, state: &str) -> u64 {
    let board = superuser.get("/api/v1/admin/jobs").await.expect(200).json();
    let counts = board["counts"].as_array().expect("there are counts");
    let found = counts.iter().find(|it| it["kind"] == kind && it["state"] == state);
    found.map_or(0, |it| it["count"].as_u64().expect("it is a number"))
}

/// Waits until so many jobs of a kind are in a state.
async fn wait_for(superuser: &Client, kind: &str, state: &str, number: u64) {
    let is_so = async || (count(superuser, kind, state).await == number).then_some(());
    eventually(&format!("{number} jobs `{kind}` are {state}"), is_so).await;
}

/// The ids of the jobs of a kind that were done, as logs of workers say; of every kind, if none
/// is named.
fn done<'a>(output: &'a str, kind: &str) -> Vec<&'a str> {
    let is_meant = |line: &&str| line.contains("a job is done") && line.contains(kind);
    let id = |line: &'a str| {
        let (_, rest) = line.split_once("job=").expect("it says which");
        rest.split_whitespace().next().unwrap_or_default()
    };
    output.lines().filter(is_meant).map(id).collect()
}

/// Asserts by the logs of workers that none of them has done a job that another has done.
fn assert_each_done_once(outputs: &[String]) {
    let all = outputs.concat();
    let mut jobs = done(&all, "");
    let number = jobs.len();
    jobs.sort_unstable();
    jobs.dedup();
    assert_eq!(jobs.len(), number, "a job comes to its end twice: {outputs:?}");
}

/// Names of users, which are at least five letters long.
fn names(range: std::ops::Range<usize>) -> Vec<String> {
    range.map(|number| format!("user{number:02}")).collect()
}

fn addresses(names: &[String]) -> Vec<String> {
    names.iter().map(|name| format!("{name}@example.com")).collect()
}
