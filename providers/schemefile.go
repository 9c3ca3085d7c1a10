package providers

import "shopbell/providers/signature"

// schemeTable is [scheme], and each [[scheme.or]]. Which keys have a meaning
// depends on kind.
type schemeTable struct {
	Kind      kind               `toml:"kind"`
	Algorithm string             `toml:"algorithm"`
	Encoding  signature.Encoding `toml:"encoding"`
	// Signature is a part, or a list of parts.
	Signature      any                  `toml:"signature"`
	Prefix         string               `toml:"prefix"`
	PrefixOptional bool                 `toml:"prefix_optional"`
	Suffix         string               `toml:"suffix"`
	Repeated       bool                 `toml:"repeated"`
	Unescape       bool                 `toml:"unescape"`
	Upper          bool                 `toml:"upper"`
	List           *listTable           `toml:"list"`
	Templates      []signature.Template `toml:"templates"`
	// Body is "json-object" when any other body is malformed.
	Body      string             `toml:"body"`
	Single    []signature.Part   `toml:"single"`
	Text      signature.Template `toml:"text"`
	Equal     []equalTable       `toml:"equal"`
	Secret    secretTable        `toml:"secret"`
	Timestamp *timestampTable    `toml:"timestamp"`
	Key       *keyTable          `toml:"key"`
	// Algorithms, Claim, Payload and Unencoded are for tokens; Form and Covers
	// for HTTP signatures.
	Algorithms []string           `toml:"algorithms"`
	Claim      []claimTable       `toml:"claim"`
	Payload    signature.Template `toml:"payload"`
	Unencoded  bool               `toml:"unencoded"`
	Form       string             `toml:"form"`
	Covers     []string           `toml:"covers"`
	Or         []schemeTable      `toml:"or"`
}

// equalTable is [[scheme.equal]]: a part that must be equal to something else.
type equalTable struct {
	Part  signature.Part     `toml:"part"`
	Value signature.Template `toml:"value"`
}

// keyTable is [scheme.key]: where public keys come from.
type keyTable struct {
	Published []string           `toml:"published"`
	Fetch     string             `toml:"fetch"`
	URL       signature.Template `toml:"url"`
	At        signature.Part     `toml:"at"`
	Hosts     []string           `toml:"hosts"`
	Name      string             `toml:"name"`
	Chain     bool               `toml:"chain"`
	ID        signature.Part     `toml:"id"`
}

// claimTable is [[scheme.claim]]: a claim that a token must have.
type claimTable struct {
	Name     string             `toml:"name"`
	Value    signature.Template `toml:"value"`
	Optional string             `toml:"optional"`
}

type listTable struct {
	Pairs  string   `toml:"pairs"`
	Equals string   `toml:"equals"`
	Keys   []string `toml:"keys"`
	After  string   `toml:"after"`
}

type secretTable struct {
	// Strip is a prefix, or a list of prefixes.
	Strip    any                `toml:"strip"`
	Encoding signature.Encoding `toml:"encoding"`
	After    string             `toml:"after"`
	Normal   string             `toml:"normal"`
	Parts    []string           `toml:"parts"`
	Derive   string             `toml:"derive"`
}

type timestampTable struct {
	At        signature.Part       `toml:"at"`
	Format    signature.TimeFormat `toml:"format"`
	Tolerance duration             `toml:"tolerance"`
	// Optional marks one whose form the provider does not fix.
	Optional bool `toml:"optional"`
	// Ours marks a tolerance that the provider does not give.
	Ours bool `toml:"ours"`
}
