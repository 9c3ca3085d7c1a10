package signature

// Cause is the stable id of a reason why a signature does not hold.
type Cause string

// The causes that Shopbell names so far. A new cause gets a new id; none
// changes its meaning.
const (
	SecretOfOtherEndpoint Cause = "secret_of_other_endpoint"
	SecretWhitespace      Cause = "secret_whitespace"
	BodyReencoded         Cause = "body_reencoded"
	BodyNewline           Cause = "body_newline"
	BodyBOM               Cause = "body_bom"
	BodyLineEndings       Cause = "body_line_endings"
	TimestampOld          Cause = "timestamp_old"
	ClockSkew             Cause = "clock_skew"
	SignaturePrefix       Cause = "signature_prefix"
	SignatureEncoding     Cause = "signature_encoding"
	SignatureHeader       Cause = "signature_header"
	Unexplained           Cause = "unexplained"
)

// Diagnosis names the accident that would have made a failed check hold. Except
// for Unexplained, a cause is named only when recomputation really matches.
type Diagnosis struct {
	Cause Cause `json:"cause"`
	// Endpoint is the endpoint whose secret matches, with SecretOfOtherEndpoint.
	Endpoint string `json:"endpoint,omitempty"`
	// Says is one sentence: what is wrong. Do says what to do about it.
	Says string `json:"says"`
	Do   string `json:"do"`
	// Tried lists what was really tried, in words.
	Tried []string `json:"tried,omitempty"`
}
