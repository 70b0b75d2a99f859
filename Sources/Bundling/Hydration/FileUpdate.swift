/// The change to one file of a deployment by a new version of its bundle, given that its owner may have changed it.
package enum FileUpdate<Contents: Equatable & Sendable>: Equatable, Sendable {
    /// The file already has the bundle's contents.
    case unchanged
    /// The file is created.
    case create
    /// The file gets the bundle's contents, because its owner has not changed it.
    case replace
    /// The file gets contents with both the owner's and the bundle's changes.
    case merge(Contents)
    /// The file stays, because its owner has changed or removed it and the bundle has not.
    case keep
    /// The file stays, because its owner and the bundle have changed it in conflicting ways.
    case conflict

    /// Determines the change.
    ///
    /// - Parameters:
    ///   - existing: the current file; nil if there is none.
    ///   - base: the previous bundle's file; nil if that bundle did not have the file.
    ///   - isBaseKnown: whether the previous bundle is known at all.
    ///   - new: the new bundle's file.
    ///   - merge: combines the owner's and the bundle's changes; returns nil if they conflict.
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
    /// Determines the change to a text; changes of different lines are merged.
    package init(ofText existing: [UInt8]?, base: [UInt8]?, isBaseKnown: Bool, new: [UInt8]) {
        self.init(of: existing, base: base, isBaseKnown: isBaseKnown, new: new) { base, own, new in
            LineMerge.merge(base: base, own: own, other: new)
        }
    }
}
