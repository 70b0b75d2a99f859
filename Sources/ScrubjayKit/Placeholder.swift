// ScrubjayKit
