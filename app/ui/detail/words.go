package detail

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// The tabs, in order.
const (
	tabVerification = iota
	tabBody
	tabHeaders
	tabResponse
	tabDeliveries
	tabRaw
	tabs
)

// TabNames are the names of the pane's tabs, in their order.
func TabNames() []string {
	return []string{
		lang.L("Verification"), lang.L("Body"), lang.L("Headers"), lang.L("Shop response"), lang.L("Deliveries"), lang.L("Raw"),
	}
}

// stateTag is a capture's state as a word and its tone; "" needs none.
func stateTag(s inspector.State) (string, signature.Tone) {
	switch s {
	case inspector.Held:
		return lang.L("held"), signature.Caution
	case inspector.Waiting:
		return lang.L("waiting for shop"), signature.Caution
	case inspector.Kept:
		return lang.L("not forwarded"), signature.Neutral
	}
	return "", signature.Neutral
}

// handshakeTag is a provider's check of the address as a word and its tone; ""
// where there was none.
func handshakeTag(h inspector.Handshake) (string, signature.Tone) {
	switch h {
	case "":
		return "", signature.Neutral
	case inspector.HandshakeRefused:
		return lang.L("handshake refused"), signature.Caution
	}
	return lang.L("handshake"), signature.Neutral
}

// againWords are the title and the sentence for a repetition.
func againWords(k inspector.AgainKind) (title, says string, tone signature.Tone) {
	switch k {
	case inspector.SameIDOtherContent:
		return lang.L("Same delivery id, other content"),
			lang.L("An earlier delivery has this id and another body. A provider sends one content under one id: take this for a possible forgery until the provider confirms it."),
			signature.Bad
	case inspector.SameContent:
		return lang.L("Same content again"),
			lang.L("An earlier delivery had this body under another delivery id: a redelivery, or a replay by someone who saw it."),
			signature.Caution
	case inspector.Duplicate:
		return lang.L("Delivered before"),
			lang.L("An earlier delivery has the same id and the same body. The shop should take it once."),
			signature.Neutral
	}
	return "", "", signature.Neutral
}

// againTag is a repetition as a word; "" for one that is not known.
func againTag(k inspector.AgainKind) string {
	switch k {
	case inspector.SameIDOtherContent:
		return lang.L("same id, other content")
	case inspector.SameContent:
		return lang.L("same content again")
	case inspector.Duplicate:
		return lang.L("duplicate")
	}
	return ""
}

// kindWord is why a delivery was made.
func kindWord(k inspector.DeliveryKind) string {
	switch k {
	case inspector.First:
		return lang.L("First delivery")
	case inspector.Retry:
		return lang.L("Retry")
	case inspector.Replayed:
		return lang.X("delivery.replay", "Replay") // the noun; the button's word is a verb
	case inspector.Rehearsal:
		return lang.L("Rehearsal")
	}
	return string(k)
}

// partWord is a part of a message in words: "json:id" is "id".
func partWord(covered string) string {
	part, err := signature.ParsePart(covered)
	switch {
	case err != nil:
		return covered
	case part.Kind == signature.PartBody:
		return lang.L("the whole body")
	case part.Kind == signature.PartURL:
		return lang.L("the URL")
	case part.Name == "":
		return unnamedPart(part.Kind)
	case part.Kind == signature.PartHeader:
		return lang.L("header {{.Name}}", map[string]any{"Name": part.Name})
	case part.Kind == signature.PartQuery:
		return lang.L("query parameter {{.Name}}", map[string]any{"Name": part.Name})
	}
	return part.Name
}

// unnamedPart is a part that is all of its kind.
func unnamedPart(k signature.PartKind) string {
	switch k {
	case signature.PartMethod:
		return lang.L("the method")
	case signature.PartPath:
		return lang.L("the path")
	case signature.PartTarget:
		return lang.L("the target")
	case signature.PartHost:
		return lang.L("the host")
	case signature.PartTimestamp:
		return lang.L("the timestamp")
	case signature.PartSecret:
		return lang.L("the secret")
	case signature.PartForm:
		return lang.L("the form")
	case signature.PartQuery:
		return lang.L("the query")
	case signature.PartText:
		return lang.L("the text")
	}
	return lang.L("the {{.Part}}", map[string]any{"Part": string(k)})
}

// uncovered is what a signature leaves open, in words.
func uncovered(v signature.Verdict) string {
	if v.Cover != signature.CoverBody {
		return lang.L("everything else")
	}
	open := []string{lang.L("the headers"), lang.L("the URL"), lang.L("the method")}
	for _, part := range v.Covered {
		switch {
		case part == "url":
			open[1] = ""
		case part == "method":
			open[2] = ""
		case strings.HasPrefix(part, "header:"):
			open[0] = lang.L("other headers")
		}
	}
	words := ""
	for _, o := range open {
		if o == "" {
			continue
		}
		if words != "" {
			words += ", "
		}
		words += o
	}
	return words
}
