package detail

import (
	"strings"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// The words of the pane, in one place for the day they are translated.
const (
	wordReplay      = "Replay"
	wordEdit        = "Edit & re-sign"
	wordExport      = "Export"
	wordRelease     = "Release"
	wordCopy        = "Copy"
	wordUseOffered  = "Use this secret"
	wordAddSecret   = "Add the secret"
	wordAddEndpoint = "Add an endpoint"
	wordOpenEarlier = "Show the earlier one"
	wordDerived     = "derived"
	wordDocs        = "Provider's documentation"
	wordOthers      = "Others"
	wordProof       = "Proof"
	wordShape       = "Form of the signature"
	wordSecondary   = "from secondary sources"
	wordUnnamed     = "Delivery without an event name"

	wordsFormatting = "Formatting {{.Size}}…"
	noteRaw         = "The request exactly as received from the tunnel: head in order and case, body byte for byte."
	noteRebuilt     = "The head is put together from the headers: its exact bytes are not known. The body is exact."
	noteMasked      = "Personal data and credentials are hidden; copying copies what is shown."
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

func tabNames() []string {
	return []string{"Verification", "Body", "Headers", "Shop response", "Deliveries", "Raw"}
}

// stateTag is a capture's state as a word and its tone; "" needs none.
func stateTag(s inspector.State) (string, signature.Tone) {
	switch s {
	case inspector.Held:
		return "held", signature.Caution
	case inspector.Waiting:
		return "waiting for shop", signature.Caution
	case inspector.Kept:
		return "not forwarded", signature.Neutral
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
		return "handshake refused", signature.Caution
	}
	return "handshake", signature.Neutral
}

// againWords are the title and the sentence for a repetition.
func againWords(k inspector.AgainKind) (title, says string, tone signature.Tone) {
	switch k {
	case inspector.SameIDOtherContent:
		return "Same delivery id, other content",
			"An earlier delivery has this id and another body. A provider sends one content under one id: take this for a possible forgery until the provider confirms it.",
			signature.Bad
	case inspector.SameContent:
		return "Same content again",
			"An earlier delivery had this body under another delivery id: a redelivery, or a replay by someone who saw it.",
			signature.Caution
	case inspector.Duplicate:
		return "Delivered before",
			"An earlier delivery has the same id and the same body. The shop should take it once.",
			signature.Neutral
	}
	return "", "", signature.Neutral
}

// kindWord is why a delivery was made.
func kindWord(k inspector.DeliveryKind) string {
	switch k {
	case inspector.First:
		return "First delivery"
	case inspector.Retry:
		return "Retry"
	case inspector.Replayed:
		return "Replay"
	case inspector.Rehearsal:
		return "Rehearsal"
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
		return "the whole body"
	case part.Kind == signature.PartURL:
		return "the URL"
	case part.Name == "":
		return "the " + string(part.Kind)
	case part.Kind == signature.PartHeader:
		return "header " + part.Name
	case part.Kind == signature.PartQuery:
		return "query parameter " + part.Name
	}
	return part.Name
}

// uncovered is what a signature leaves open, in words.
func uncovered(v signature.Verdict) string {
	if v.Cover != signature.CoverBody {
		return "everything else"
	}
	open := []string{"the headers", "the URL", "the method"}
	for _, part := range v.Covered {
		switch {
		case part == "url":
			open[1] = ""
		case part == "method":
			open[2] = ""
		case strings.HasPrefix(part, "header:"):
			open[0] = "other headers"
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
