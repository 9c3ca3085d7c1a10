package ui

import (
	"testing"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

func TestOutcomesHaveTheWordsOfTheTerminal(t *testing.T) {
	for _, o := range []signature.Outcome{
		"", signature.Verified, signature.Stale, signature.Mismatch, signature.Missing,
		signature.Malformed, signature.NoSecret, signature.Unsigned,
	} {
		for _, c := range []signature.Cover{"", signature.CoverBody, signature.CoverFields} {
			for _, h := range []inspector.Handshake{"", inspector.HandshakeAnswered, inspector.HandshakeRefused} {
				for _, provider := range []string{"", "tweed"} {
					s := inspector.Summary{Outcome: o, Cover: c, Handshake: h, Provider: provider}
					if got := summaryWord(&s); got != s.Word() {
						t.Errorf("%q, %q, %q, %q: the window says %q, expected %q", o, c, h, provider, got, s.Word())
					}
				}
			}
		}
	}
}
