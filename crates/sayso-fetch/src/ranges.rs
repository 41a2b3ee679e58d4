//! Which addresses are not the public internet?
//!
//! The ranges are those of IANA's special-purpose registries that are not globally
//! reachable (`iana-ipv4-special-registry`, `iana-ipv6-special-registry`), with multicast
//! and the addresses at which cloud providers keep their machines' secrets.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const LOOPBACK: &str = "this computer itself (loopback)";
const PRIVATE: &str = "a private network";
const LINK_LOCAL: &str = "the local link";
const METADATA: &str = "a cloud provider's metadata service";
const MULTICAST: &str = "a multicast group";
const RESERVED: &str = "a reserved range";
const DOCUMENTATION: &str = "a range for documentation";

/// The first row that holds an address names it.
const V4: &[([u8; 4], u32, &str)] = &[
    ([169, 254, 169, 254], 32, METADATA),
    // Azure's host, under a public number.
    ([168, 63, 129, 16], 32, METADATA),
    ([0, 0, 0, 0], 8, "this computer itself (unspecified)"),
    ([127, 0, 0, 0], 8, LOOPBACK),
    ([10, 0, 0, 0], 8, PRIVATE),
    ([172, 16, 0, 0], 12, PRIVATE),
    ([192, 168, 0, 0], 16, PRIVATE),
    ([100, 64, 0, 0], 10, "a provider's shared network"),
    ([169, 254, 0, 0], 16, LINK_LOCAL),
    ([192, 0, 0, 0], 24, RESERVED),
    ([192, 0, 2, 0], 24, DOCUMENTATION),
    ([198, 51, 100, 0], 24, DOCUMENTATION),
    ([203, 0, 113, 0], 24, DOCUMENTATION),
    ([192, 88, 99, 0], 24, RESERVED),
    ([198, 18, 0, 0], 15, "a range for benchmarks"),
    ([224, 0, 0, 0], 4, MULTICAST),
    ([255, 255, 255, 255], 32, "broadcast"),
    ([240, 0, 0, 0], 4, RESERVED),
];

const V6: &[([u16; 8], u32, &str)] = &[
    ([0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254], 128, METADATA),
    ([0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254], 128, METADATA),
    ([0, 0, 0, 0, 0, 0, 0, 0], 128, "this computer itself (unspecified)"),
    ([0, 0, 0, 0, 0, 0, 0, 1], 128, LOOPBACK),
    ([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7, "a private network (unique-local)"),
    ([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10, LINK_LOCAL),
    ([0xff00, 0, 0, 0, 0, 0, 0, 0], 8, MULTICAST),
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32, DOCUMENTATION),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20, DOCUMENTATION),
    // Protocols' own numbers: Teredo (which hides IPv4 addresses), ORCHID, benchmarks.
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23, RESERVED),
];

/// Where the internet's IPv6 addresses are handed out; what lies outside is not for pages.
const GLOBAL_UNICAST: ([u16; 8], u32) = ([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);

/// The range that keeps an address off the public internet, in words; `None` for one on it.
pub(crate) fn special(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(v4) => {
            let holds =
                |net: [u8; 4], bits: u32| (v4.to_bits() ^ u32::from_be_bytes(net)) >> (32 - bits) == 0;
            V4.iter().find(|(net, bits, _)| holds(*net, *bits)).map(|(_, _, range)| *range)
        }
        IpAddr::V6(v6) => match embedded(v6) {
            Some(v4) => special(IpAddr::V4(v4)),
            None => special_v6(v6),
        },
    }
}

fn special_v6(v6: Ipv6Addr) -> Option<&'static str> {
    let holds =
        |net: [u16; 8], bits: u32| (v6.to_bits() ^ Ipv6Addr::from(net).to_bits()) >> (128 - bits) == 0;
    let listed = V6.iter().find(|(net, bits, _)| holds(*net, *bits)).map(|(_, _, range)| *range);
    listed.or_else(|| (!holds(GLOBAL_UNICAST.0, GLOBAL_UNICAST.1)).then_some(RESERVED))
}

/// The IPv4 address that an IPv6 address leads to: mapped (`::ffff:0:0/96`), NAT64
/// (`64:ff9b::/96`) and 6to4 (`2002::/16`).
fn embedded(v6: Ipv6Addr) -> Option<Ipv4Addr> {
    match v6.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => Some(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(range: Option<&str>, addresses: &[&str]) {
        for address in addresses {
            assert_eq!(special(address.parse().unwrap()), range, "{address}");
        }
    }

    #[test]
    fn names_each_range_to_its_edges() {
        check(Some(LOOPBACK), &["127.0.0.0", "127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1"]);
        check(Some(PRIVATE), &["10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0"]);
        check(Some(PRIVATE), &["192.168.255.255", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:a00:1::"]);
        check(Some("a private network (unique-local)"), &["fc00::", "fdff:ffff::1"]);
        check(Some("a provider's shared network"), &["100.64.0.0", "100.100.100.200", "100.127.255.255"]);
        check(Some(LINK_LOCAL), &["169.254.0.0", "169.254.255.255", "fe80::1", "febf::1"]);
        check(Some(METADATA), &["169.254.169.254", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254"]);
        check(Some(METADATA), &["::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1"]);
        check(Some("this computer itself (unspecified)"), &["0.0.0.0", "0.1.2.3", "::", "::ffff:0.0.0.0"]);
        check(Some(MULTICAST), &["224.0.0.1", "239.255.255.255", "ff02::1"]);
        check(Some("broadcast"), &["255.255.255.255"]);
        check(Some(DOCUMENTATION), &["192.0.2.1", "198.51.100.1", "203.0.113.255", "2001:db8::1", "3fff::1"]);
        check(Some("a range for benchmarks"), &["198.18.0.0", "198.19.255.255"]);
        check(
            Some(RESERVED),
            &["192.0.0.192", "192.88.99.1", "240.0.0.1", "2001::1", "2001:1ff::1", "100::1"],
        );
        check(
            Some(RESERVED),
            &["::7f00:1", "::ffff:0:7f00:1", "64:ff9b:1::7f00:1", "fec0::1", "4000::1", "5f00::1"],
        );
    }

    #[test]
    fn lets_the_public_internet_be() {
        check(
            None,
            &["1.1.1.1", "9.255.255.255", "11.0.0.0", "126.255.255.255", "128.0.0.0", "100.63.255.255"],
        );
        check(None, &["100.128.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0"]);
        check(None, &["192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255"]);
        check(None, &["2606:2800:220:1::1", "2001:200::1", "2a00::1", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"]);
        check(None, &["2002:101:101::1", "3ffe::1", "3fff:1000::1"]);
    }

    proptest! {
        #[test]
        fn an_address_is_judged_alike_in_every_spelling(bits: u32) {
            let [high, low] = [(bits >> 16) as u16, bits as u16];
            let plain = special(IpAddr::V4(Ipv4Addr::from_bits(bits)));
            let spellings = [
                [0, 0, 0, 0, 0, 0xffff, high, low],
                [0x64, 0xff9b, 0, 0, 0, 0, high, low],
                [0x2002, high, low, 0, 0, 0, 0, 1],
            ];
            for spelling in spellings {
                prop_assert_eq!(special(IpAddr::V6(spelling.into())), plain);
            }
        }

        #[test]
        fn what_the_standard_library_knows_is_refused(bits: u32) {
            let v4 = Ipv4Addr::from_bits(bits);
            let known = v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_broadcast()
                || v4.is_documentation() || v4.is_unspecified() || v4.is_multicast();
            prop_assert!(!known || special(IpAddr::V4(v4)).is_some(), "{}", v4);
        }
    }
}
