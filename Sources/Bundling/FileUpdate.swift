/// What becomes of one file of a deployment when its bundle is followed by another one, and its owner may have changed it meanwhile.
package enum FileUpdate<Contents: Equatable & Sendable>: Equatable, Sendable {
    /// It is what the bundle has.
    case unchanged
    /// It is made.
    case create
    /// It gets the bundle's contents: its owner has not touched it.
    case replace
    /// It gets contents in which its owner's changes and the bundle's are both.
    case merge(Contents)
    /// Its owner has changed or removed it, and the bundle brings nothing new.
    case keep
    /// Its owner and the bundle have changed it in two ways: it stays.
    case conflict

    /// Decides.
    ///
    /// - Parameters:
    ///   - existing: the file as it is; nil where there is none.
    ///   - base: what the bundle before had; nil where it did not have the file.
    ///   - isBaseKnown: whether it is known at all what the bundle before had.
    ///   - new: what the bundle has.
    ///   - merge: takes the changes of an owner and of a bundle together; gives nil where that cannot be.
    package init(
        of existing: Contents?,
        base: Contents?,
        isBaseKnown: Bool,
        new: Contents,
        merge: (_ base: Contents, _ own: Contents, _ new: Contents) -> Contents? = { _, _, _ in nil }
    ) {
        guard let existing else {
            self = base == nil ? .create : base == new ? .keep : .conflict
            return
        }
        if existing == new {
            self = .unchanged
        } else if !isBaseKnown || existing == base {
            self = .replace
        } else if base == new {
            self = .keep
        } else if let base, let merged = merge(base, existing, new) {
            self = merged == existing ? .keep : .merge(merged)
        } else {
            self = .conflict
        }
    }
}

extension FileUpdate<[UInt8]> {
    /// Decides about a text, in which changes of different lines are taken together.
    package init(ofText existing: [UInt8]?, base: [UInt8]?, isBaseKnown: Bool, new: [UInt8]) {
        self.init(of: existing, base: base, isBaseKnown: isBaseKnown, new: new) { base, own, new in
            LineMerge.merge(base: base, own: own, other: new)
        }
    }
}
