//! A small mail server on loopback, which does as tests want.

use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How often to look whether the gate is open.
const LOOK: Duration = Duration::from_millis(10);

/// A mail server. It goes on until the process of the tests ends.
pub(crate) struct MailServer {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// How many mails are still to be refused.
    refusals: AtomicUsize,
    /// Whether mails wait before they are taken.
    is_closed: AtomicBool,
    /// How many were offered.
    offered: AtomicUsize,
    /// How many wait.
    waiting: AtomicUsize,
    /// Who gets those that came as a whole, and their ids.
    received: Mutex<Vec<(String, String)>>,
    /// Who gets those that were taken.
    taken: Mutex<Vec<String>>,
}

impl MailServer {
    /// One that refuses so many mails, and takes all others.
    pub(crate) fn refusing(mails: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
        let address = listener.local_addr().expect("it has an address");
        let state = Arc::new(State { refusals: AtomicUsize::new(mails), ..State::default() });
        let shared = state.clone();
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let state = shared.clone();
                // Clients that are killed are no errors here.
                thread::spawn(move || drop(serve(&client, &state)));
            }
        });
        Self { address, state }
    }

    /// Refuses so many of the mails that come from now on.
    pub(crate) fn refuse(&self, mails: usize) {
        self.state.refusals.store(mails, Ordering::SeqCst);
    }

    /// One that takes all mails, but has them wait until the gate is opened.
    pub(crate) fn with_closed_gate() -> Self {
        let server = Self::refusing(0);
        server.state.is_closed.store(true, Ordering::SeqCst);
        server
    }

    /// Takes what waits, and all that comes.
    pub(crate) fn open_gate(&self) {
        self.state.is_closed.store(false, Ordering::SeqCst);
    }

    /// Where it is, as settings say it.
    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// How many mails were offered.
    pub(crate) fn offered(&self) -> usize {
        self.state.offered.load(Ordering::SeqCst)
    }

    /// How many mails wait at the gate.
    pub(crate) fn waiting(&self) -> usize {
        self.state.waiting.load(Ordering::SeqCst)
    }

    /// Who gets the mails that came as a whole, and the `Message-ID` of each, in the order of the
    /// names: also those whose senders did not learn that they were taken.
    pub(crate) fn received(&self) -> Vec<(String, String)> {
        let received = self.state.received.lock().unwrap_or_else(PoisonError::into_inner);
        let mut received = received.clone();
        received.sort_unstable();
        received
    }

    /// Who gets the mails that were taken, in the order of their names.
    pub(crate) fn taken(&self) -> Vec<String> {
        let mut taken = self.state.taken.lock().unwrap_or_else(PoisonError::into_inner).clone();
        taken.sort_unstable();
        taken
    }
}

fn serve(client: &TcpStream, state: &State) -> std::io::Result<()> {
    let mut answers = client.try_clone()?;
    let mut lines = BufReader::new(client.try_clone()?).lines();
    answers.write_all(b"220 here\r\n")?;
    let (mut recipient, mut id, mut is_body) = (String::new(), String::new(), false);
    while let Some(line) = lines.next().transpose()? {
        let answer = match line.as_str() {
            "." if is_body => {
                is_body = false;
                let mail = (recipient.clone(), std::mem::take(&mut id));
                state.received.lock().unwrap_or_else(PoisonError::into_inner).push(mail);
                if !has_patience(client, state)? {
                    return Ok(());
                }
                let mut taken = state.taken.lock().unwrap_or_else(PoisonError::into_inner);
                taken.push(std::mem::take(&mut recipient));
                "250 taken"
            }
            _ if is_body => {
                if let Some(value) = line.strip_prefix("Message-ID: ") {
                    value.clone_into(&mut id);
                }
                continue;
            }
            "DATA" => {
                state.offered.fetch_add(1, Ordering::SeqCst);
                let refuse = |left: usize| left.checked_sub(1);
                let (set, fetch) = (Ordering::SeqCst, Ordering::SeqCst);
                if state.refusals.fetch_update(set, fetch, refuse).is_ok() {
                    "451 not today"
                } else {
                    is_body = true;
                    "354 go on"
                }
            }
            "QUIT" => return Ok(()),
            _ => {
                if let Some(address) = line.strip_prefix("RCPT TO:<") {
                    address.split('>').next().unwrap_or_default().clone_into(&mut recipient);
                }
                "250 fine"
            }
        };
        answers.write_all(format!("{answer}\r\n").as_bytes())?;
    }
    Ok(())
}

/// Waits for the gate, and tells whether the client still waits then: one that was killed does
/// not learn that its mail was taken, so it is not.
fn has_patience(client: &TcpStream, state: &State) -> std::io::Result<bool> {
    state.waiting.fetch_add(1, Ordering::SeqCst);
    client.set_read_timeout(Some(LOOK))?;
    let patience = loop {
        match client.peek(&mut [0]) {
            Ok(0) => break false,
            Err(error) if [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind()) => {
                if !state.is_closed.load(Ordering::SeqCst) {
                    break true;
                }
            }
            Ok(_) => break true,
            Err(_) => break false,
        }
    };
    client.set_read_timeout(None)?;
    state.waiting.fetch_sub(1, Ordering::SeqCst);
    Ok(patience)
}
