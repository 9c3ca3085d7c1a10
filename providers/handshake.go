package providers

import "shopbell/providers/signature"

// handshakeTable is [[handshake]]: a request that is answered here and never
// forwarded, such as the challenge with which a provider checks a new URL.
type handshakeTable struct {
	When    conditions                    `toml:"when"`
	Check   signature.Part                `toml:"check"`
	Signed  bool                          `toml:"signed"`
	Status  int                           `toml:"status"`
	Type    string                        `toml:"type"`
	Body    signature.Template            `toml:"body"`
	Text    signature.Template            `toml:"text"`
	Headers map[string]signature.Template `toml:"headers"`
	Store   signature.Part                `toml:"store"`
	Says    string                        `toml:"says"`
}

// replyTable is [reply]: what the provider wants as the answer to an ordinary
// delivery.
type replyTable struct {
	Status int                `toml:"status"`
	Type   string             `toml:"type"`
	Body   signature.Template `toml:"body"`
}
