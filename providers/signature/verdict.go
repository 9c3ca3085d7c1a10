package signature

// Outcome is what a check of a signature came to. The strings are stable:
// they stand in the store, in JSON and in search.
type Outcome string

// The outcomes. A bad signature is an outcome, never an error.
const (
	Verified  Outcome = "verified"  // the sender knows the secret; Cover tells what is intact
	Stale     Outcome = "stale"     // the signature matches, its timestamp is outside the tolerance
	Mismatch  Outcome = "mismatch"  // a secret is known and no signature matches
	Missing   Outcome = "missing"   // a secret is known and the expected signature is not there
	Malformed Outcome = "malformed" // the signature or what it needs cannot be read
	NoSecret  Outcome = "no_secret" // the provider signs, but no secret is configured
	// Unsigned: the provider documents no signature; without a provider in the
	// verdict, nobody was asked.
	Unsigned Outcome = "unsigned"
)

// Cover is how much of a message a matching signature protects.
type Cover string

// The covers. An outcome that proves nothing has an empty cover.
const (
	CoverBody   Cover = "body"   // the whole body
	CoverFields Cover = "fields" // only the parts that Verdict.Covered names
	CoverNone   Cover = "none"   // a shared token matched; nothing is protected
)

// Verdict is the result of checking one message: made once, shown everywhere.
// It holds no secret, whole or in part.
type Verdict struct {
	// Provider is the provider's id; empty when nobody was asked.
	Provider string  `json:"provider"`
	Outcome  Outcome `json:"outcome"`
	Cover    Cover   `json:"cover,omitempty"`
	// Covered lists the protected parts: body, header:NAME, json:PATH,
	// form:NAME, query:NAME, url, method.
	Covered []string `json:"covered,omitempty"`
	// Secret is the label of the secret that matched.
	Secret string `json:"secret,omitempty"`
	// Variant names the documented form that matched where a provider has
	// several, for example "timestamp.body".
	Variant string `json:"variant,omitempty"`
	// Steps are what was done, in order, with evidence a person can check.
	Steps []Step `json:"steps,omitempty"`
	// Diagnosis explains an outcome that is not Verified. It is added later,
	// off the hot path, and nil until then.
	Diagnosis *Diagnosis `json:"diagnosis,omitempty"`
}

// Step is one part of a check.
type Step struct {
	Name     string `json:"name"`
	OK       bool   `json:"ok"`
	Evidence string `json:"evidence"`
}

// Held tells whether a delivery with this outcome is kept from the shop unless
// its endpoint says otherwise.
func (o Outcome) Held() bool {
	return o == Mismatch || o == Missing || o == Malformed || o == Stale
}

// Tone is how a surface may colour a verdict. It never stands alone: a symbol
// and a word go with it.
type Tone int

// The tones.
const (
	Neutral Tone = iota // grey: nothing was proved, nothing is wrong
	Good                // green: sender known, body intact
	Caution             // amber: true, but less than it seems
	Bad                 // red: needs action
)
