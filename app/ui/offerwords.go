package ui

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/complete"
)

// offerWords explains an offer of the completion.
func offerWords(o complete.Offer) string {
	if o.Name != "" {
		return o.Name
	}
	field := strings.ToLower(o.Field)
	if o.Value != "" {
		switch field {
		case "outcome":
			return outcomeWords(o.Value)
		case "is":
			return isWords(o.Value)
		}
		return ""
	}
	return fieldWords(field)
}

// fieldWords explains a field of the search.
func fieldWords(field string) string {
	switch field {
	case "provider":
		return lang.L("who sent it")
	case "endpoint":
		return lang.L("where it came in")
	case "event":
		return lang.L("what happened")
	case "outcome":
		return lang.L("what the check of the signature found")
	case "status":
		return lang.L("what the shop answered")
	case "since":
		return lang.L("not older than")
	case "until":
		return lang.L("not newer than")
	case "is":
		return lang.L("pinned, held, waiting or repeated")
	case "header.":
		return lang.L("a header by its name")
	case "body.":
		return lang.L("a value in the body by its path")
	case "path":
		return lang.L("the path of the request")
	case "id":
		return lang.L("the delivery's id, or Shopbell's own")
	case "size":
		return lang.L("the size of the body")
	}
	return ""
}

func outcomeWords(outcome string) string {
	switch outcome {
	case "verified":
		return lang.L("the signature holds")
	case "mismatch":
		return lang.L("no signature matches")
	case "missing":
		return lang.L("the signature is not there")
	case "malformed":
		return lang.L("the signature cannot be read")
	case "stale":
		return lang.L("the timestamp is too old or too new")
	case "no_secret":
		return lang.L("you gave no secret")
	case "unsigned":
		return lang.L("the provider signs nothing")
	}
	return ""
}
