//! From where a request comes.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::HeaderMap;
use ipnet::IpNet;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// From where a request comes, or nothing when the server does not say.
pub(crate) fn client_ip(request: &Request, trusted: &[IpNet]) -> Option<IpAddr> {
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    Some(behind_proxies(peer.ip(), request.headers(), trusted))
}

/// Each proxy appends from whom it has the request, so that the list is read from its end, for
/// as long as it was written by proxies that are trusted. What stands further left may be the
/// invention of anybody.
fn behind_proxies(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(&address));
    let mut client = peer.to_canonical();
    let values = headers.get_all(FORWARDED_FOR).iter().rev();
    let entries = values.flat_map(|value| value.to_str().unwrap_or_default().rsplit(','));
    for entry in entries {
        if !is_trusted(client) {
            break;
        }
        match entry.trim().parse::<IpAddr>() {
            Ok(address) => client = address.to_canonical(),
            // A trusted proxy has written what is no address; its own is all that is known.
            Err(_) => break,
        }
    }
    client
}

/// What a client is counted by: one address of IPv4, but a whole network of IPv6, since whoever
/// has one address there has 2⁶⁴ of them.
pub(super) fn client_key(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let network = Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64));
            format!("{network}/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            let value = HeaderValue::from_str(value).expect("it is a header");
            headers.append(FORWARDED_FOR, value);
        }
        let trusted: Vec<IpNet> =
            trusted.iter().map(|network| network.parse().expect("it is a network")).collect();
        let peer = peer.parse().expect("it is an address");
        behind_proxies(peer, &headers, &trusted).to_string()
    }

    #[test]
    fn nobody_is_believed_unless_trusted() {
        assert_eq!(client("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
        assert_eq!(client("203.0.113.9", &["198.51.100.1"], &["10.0.0.0/8"]), "203.0.113.9");
    }

    #[test]
    fn what_clients_invent_stands_left_of_what_proxies_know() {
        let forwarded = ["1.1.1.1, 198.51.100.7"];
        assert_eq!(client("10.0.0.1", &forwarded, &["10.0.0.0/8"]), "198.51.100.7");
        let two_proxies = ["1.1.1.1, 198.51.100.7, 10.0.0.2"];
        assert_eq!(client("10.0.0.1", &two_proxies, &["10.0.0.0/8"]), "198.51.100.7");
        let two_headers = ["1.1.1.1", "198.51.100.7"];
        assert_eq!(client("10.0.0.1", &two_headers, &["10.0.0.0/8"]), "198.51.100.7");
    }

    #[test]
    fn what_is_no_address_ends_the_list() {
        assert_eq!(client("10.0.0.1", &["198.51.100.7, unknown"], &["10.0.0.0/8"]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &[], &["10.0.0.0/8"]), "10.0.0.1");
    }

    #[test]
    fn addresses_have_one_form() {
        assert_eq!(client("::ffff:10.0.0.1", &["198.51.100.7"], &["10.0.0.0/8"]), "198.51.100.7");
        let key = |text: &str| client_key(text.parse().expect("it is an address"));
        assert_eq!(key("2001:db8:1:2:3:4:5:6"), key("2001:db8:1:2:ffff::1"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("192.0.2.1"), "192.0.2.1");
    }
}
