internal import CPublicSuffix

/// Determines the registrable part of host names, using the Public Suffix List in libpsl.
///
/// Only the list compiled into the library is used, never a file on the machine.
enum PublicSuffixList {
    /// The registrable domain at the end of `host` (`wrenfield.test` of `meet.wrenfield.test`), in lower case.
    ///
    /// Nil if `host` is itself a public suffix or not a name. An unknown top-level domain counts as a public suffix, as
    /// the list's algorithm says.
    static func registrableDomain(of host: String) -> String? {
        let lowered = host.lowercased()
        guard let list = unsafe psl_builtin() else { return nil }
        return unsafe lowered.withCString { name in
            guard let found = unsafe psl_registrable_domain(list, name) else { return nil }
            return unsafe String(cString: found)
        }
    }

    /// Whether the last label of `host` is a top-level domain on the list.
    ///
    /// For some top-level domains, such as `za`, the list contains only names such as `co.za`, under which domains are
    /// registered.
    static func knowsTopLevel(of host: String) -> Bool {
        guard let last = host.lowercased().split(separator: ".").last, let list = unsafe psl_builtin() else {
            return false
        }
        return [String(last), "co.\(last)", "com.\(last)"].contains { suffix in
            unsafe suffix.withCString { name in
                unsafe psl_is_public_suffix2(list, name, PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) == 1
            }
        }
    }
}
