//! Asking a server whether it lives.

use std::io::{Error, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// How long the server may take for each step.
const PATIENCE: Duration = Duration::from_secs(2);

/// Asks the server that listens at `bind` on this machine.
///
/// # Errors
///
/// When it does not answer, or that it does not live.
pub fn ask(bind: SocketAddr) -> Result<(), Error> {
    let mut server = TcpStream::connect_timeout(&reachable(bind), PATIENCE)?;
    server.set_read_timeout(Some(PATIENCE))?;
    server.set_write_timeout(Some(PATIENCE))?;
    server.write_all(b"GET /livez HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    let mut answer = String::new();
    server.read_to_string(&mut answer)?;
    let first = answer.lines().next().unwrap_or_default();
    if first.split(' ').nth(1) == Some("200") {
        return Ok(());
    }
    Err(Error::other(format!("the server answers `{first}`")))
}

/// Where a server can be reached. One that listens at every address has none of its own.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// What comes of it when a server answers so.
    fn outcome(answer: &'static str) -> Result<(), String> {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port can be had");
        let address = listener.local_addr().expect("it has an address");
        let server = thread::spawn(move || {
            let (mut client, _) = listener.accept().expect("somebody asks");
            let mut question = [0; 1024];
            let length = client.read(&mut question).expect("they ask something");
            client.write_all(answer.as_bytes()).expect("they listen");
            String::from_utf8_lossy(&question[..length]).into_owned()
        });
        let outcome = ask(address).map_err(|error| error.to_string());
        let question = server.join().expect("the server does not panic");
        assert!(question.starts_with("GET /livez HTTP/1.1\r\n"), "{question}");
        outcome
    }

    #[test]
    fn only_a_good_answer_is_one() {
        assert_eq!(outcome("HTTP/1.1 200 OK\r\n\r\n{}"), Ok(()));
        let busy = outcome("HTTP/1.1 503 Service Unavailable\r\n\r\n200");
        assert_eq!(busy, Err("the server answers `HTTP/1.1 503 Service Unavailable`".to_owned()));
        assert_eq!(outcome(""), Err("the server answers ``".to_owned()));
    }

    #[test]
    fn who_listens_everywhere_is_asked_at_home() {
        for (bind, expected) in [
            ("0.0.0.0:80", "127.0.0.1:80"),
            ("[::]:80", "[::1]:80"),
            ("192.0.2.1:80", "192.0.2.1:80"),
        ] {
            let address = |text: &str| text.parse::<SocketAddr>().expect("it is an address");
            assert_eq!(reachable(address(bind)), address(expected));
        }
    }
}
