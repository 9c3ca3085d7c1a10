package signature

// PartKind says where a part of a message is found.
type PartKind string

// The kinds of part. Those with a name are written "kind:name".
const (
	PartLiteral     PartKind = "literal"      // a text of a template itself; Name is the text
	PartBody        PartKind = "body"         // the body as received
	PartURL         PartKind = "url"          // the public URL
	PartMethod      PartKind = "method"       // the request method
	PartPath        PartKind = "path"         // the request target without its query
	PartTarget      PartKind = "target"       // the request target as in the request line
	PartHost        PartKind = "host"         // the host of the public URL, with its port if it has one
	PartTimestamp   PartKind = "timestamp"    // the scheme's own timestamp, as text
	PartSecret      PartKind = "secret"       // the secret, for plain hashes; "secret:NAME" is a named part of it
	PartHeader      PartKind = "header"       // a header field
	PartJSON        PartKind = "json"         // a value in a JSON body; Name is its path
	PartForm        PartKind = "form"         // a field of a form body; without a name the whole form
	PartQuery       PartKind = "query"        // a query parameter; without a name the whole query as it stands
	PartKey         PartKind = "key"          // a key of the signature's own list, for example "key:ts"
	PartClaim       PartKind = "claim"        // a claim of a token, for example "claim:iat"
	PartJOSE        PartKind = "jose"         // a parameter of a token's header, for example "jose:kid"
	PartHash        PartKind = "sha256hex"    // "sha256hex:body": lower-case hex SHA-256 of the body
	PartText        PartKind = "text"         // the text that a handshake puts together first
	PartVerifyToken PartKind = "verify_token" // the endpoint's verify token, for handshakes
)

// plain tells whether parts of this kind can stand without a name.
func (k PartKind) plain() bool {
	switch k {
	case PartBody, PartURL, PartMethod, PartPath, PartTarget, PartHost, PartTimestamp, PartSecret,
		PartForm, PartQuery, PartText, PartVerifyToken:
		return true
	}
	return false
}

// named tells whether parts of this kind can have a name.
func (k PartKind) named() bool {
	switch k {
	case PartHeader, PartJSON, PartForm, PartQuery, PartKey, PartClaim, PartJOSE, PartHash, PartSecret:
		return true
	}
	return false
}

// OfMessage tells whether parts of this kind can be read out of any message,
// without a scheme.
func (k PartKind) OfMessage() bool {
	switch k {
	case PartBody, PartHash, PartURL, PartMethod, PartPath, PartTarget, PartHost,
		PartHeader, PartJSON, PartForm, PartQuery:
		return true
	}
	return false
}
