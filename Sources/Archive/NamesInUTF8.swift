internal import Glibc

/// Makes libarchive return names in UTF-8 unchanged during its lifetime, on the thread that made it.
///
/// libarchive converts them for the locale, and a program that has set none is in one with ASCII only: `größe` would
/// get question marks. Meanwhile the thread's locale is changed, for characters only.
@safe struct NamesInUTF8: ~Copyable {
    private let locale: locale_t?
    private let before: locale_t?

    init() {
        unsafe locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
        unsafe before = locale == nil ? nil : uselocale(locale)
    }

    deinit {
        guard let locale = unsafe locale else { return }
        unsafe uselocale(before)
        unsafe freelocale(locale)
    }
}
