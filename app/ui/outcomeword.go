package ui

import (
	"fyne.io/fyne/v2/lang"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// outcomeWord is signature.Outcome.Word as the window shows it.
func outcomeWord(o signature.Outcome, c signature.Cover) string {
	switch o {
	case signature.Verified:
		switch c {
		case signature.CoverBody:
			return lang.L("verified")
		case signature.CoverFields:
			return lang.L("partly covered")
		}
		return lang.L("token only")
	case signature.Stale:
		return lang.L("stale")
	case signature.Mismatch:
		return lang.L("mismatch")
	case signature.Missing:
		return lang.L("missing")
	case signature.Malformed:
		return lang.L("malformed")
	case signature.NoSecret:
		return lang.L("no secret")
	case signature.Unsigned:
		return lang.L("unsigned")
	}
	return lang.L("not checked")
}

// verdictWord is signature.Verdict.Word as the window shows it.
func verdictWord(v signature.Verdict) string {
	if v.Outcome == signature.Unsigned && v.Provider == "" {
		return outcomeWord("", "")
	}
	return outcomeWord(v.Outcome, v.Cover)
}

// summaryWord is inspector.Summary.Word as the window shows it.
func summaryWord(s *inspector.Summary) string {
	if s.Handshake != "" && s.Outcome == signature.Unsigned {
		switch s.Handshake {
		case inspector.HandshakeAnswered:
			return lang.L("Handshake answered")
		case inspector.HandshakeRefused:
			return lang.L("Handshake refused")
		}
		return ""
	}
	return verdictWord(signature.Verdict{Provider: s.Provider, Outcome: s.Outcome, Cover: s.Cover})
}

// handshakeWord is the end of a handshake amid other facts.
func handshakeWord(h inspector.Handshake) string {
	switch h {
	case inspector.HandshakeAnswered:
		return lang.L("handshake answered")
	case inspector.HandshakeRefused:
		return lang.L("handshake refused")
	}
	return ""
}
