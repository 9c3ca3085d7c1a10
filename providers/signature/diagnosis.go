package signature

// Cause is the stable id of a reason why a signature does not hold.
type Cause string

// The causes that Shopbell names. A new cause gets a new id; none changes its
// meaning.
const (
	SecretOfOtherEndpoint Cause = "secret_of_other_endpoint"
	SecretWhitespace      Cause = "secret_whitespace"
	SecretPrefix          Cause = "secret_prefix"
	SecretEncoding        Cause = "secret_encoding"
	BodyReencoded         Cause = "body_reencoded"
	BodyNewline           Cause = "body_newline"
	BodyBOM               Cause = "body_bom"
	BodyLineEndings       Cause = "body_line_endings"
	BodyCharset           Cause = "body_charset"
	BodyDecompressed      Cause = "body_decompressed"
	TimestampOld          Cause = "timestamp_old"
	TimestampUnit         Cause = "timestamp_unit"
	ClockSkew             Cause = "clock_skew"
	SignatureEncoding     Cause = "signature_encoding"
	SignaturePrefix       Cause = "signature_prefix"
	SignatureHeader       Cause = "signature_header"
	SchemeVersion         Cause = "scheme_version"
	AlgorithmCause        Cause = "algorithm"
	PartsOrder            Cause = "parts_order"
	URLScheme             Cause = "url_scheme"
	URLHost               Cause = "url_host"
	URLPath               Cause = "url_path"
	URLQuery              Cause = "url_query"
	OtherProvider         Cause = "other_provider"
	Unexplained           Cause = "unexplained"
)

// Diagnosis names the accident that would have made a failed check hold. Except
// for Unexplained, a cause is named only when recomputation really matches.
type Diagnosis struct {
	Cause Cause `json:"cause"`
	// Also is the second accident where two had to be put right at once.
	Also Cause `json:"also,omitempty"`
	// Endpoint is the endpoint whose secret matches, with
	// SecretOfOtherEndpoint and OtherProvider.
	Endpoint string `json:"endpoint,omitempty"`
	// Says is one sentence: what is wrong. Do says what to do about it.
	Says string `json:"says"`
	Do   string `json:"do"`
	// Evidence is what proves it, in a few words or bytes, for example where
	// the signed body differs from the received one. It holds no secret.
	Evidence string `json:"evidence,omitempty"`
	// Fix is what a program can do about it, nil when only a person can.
	Fix *Fix `json:"fix,omitempty"`
	// Tried lists what was really tried, in words.
	Tried []string `json:"tried,omitempty"`
}
