internal import Glibc

/// Lets libarchive give names in UTF-8 as they are, for as long as it lives, on the thread that made it.
///
/// It translates them for the locale, and a program that has set none is in one that knows ASCII alone: `größe` would come
/// out with question marks. The locale of the thread is another one meanwhile, for characters and nothing else.
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
