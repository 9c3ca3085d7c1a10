package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/providers"
)

func wordDocs() string { return lang.L("Provider's documentation") }

func saysSecondary() string {
	return lang.L("Known from others' documentation only, not from the provider's own.")
}

// aboutProvider says what a user wants to know before choosing a provider: how
// it signs, how sure that is, where the secret is found, and the advice.
func aboutProvider(p providers.Provider) []fyne.CanvasObject {
	parts := []fyne.CanvasObject{look.NewRuns("", look.Run{Text: p.Name + ". ", Bold: true}, look.Run{Text: sentence(schemeWords(p))})}
	add := func(text string) {
		if text != "" {
			parts = append(parts, look.NewProse(text, look.ColorMuted))
		}
	}
	if p.Sure == "secondary" {
		add(saysSecondary())
	}
	if p.SecretWhere != "" {
		add(lang.L("Where the secret is found: {{.Place}}", map[string]any{"Place": p.SecretWhere}))
	}
	add(p.Advice)
	if link := look.WebLink(wordDocs(), p.Docs); link != nil {
		parts = append(parts, link)
	}
	return parts
}

// schemeFacts is the short form of aboutProvider below a choice: scheme, cover,
// sureness, and the link.
func schemeFacts(p providers.Provider) []fyne.CanvasObject {
	if p.ID == "" {
		return nil
	}
	says := sentence(schemeWords(p))
	if p.Sure == "secondary" {
		says += " " + saysSecondary()
	}
	parts := []fyne.CanvasObject{look.NewProse(says, look.ColorMuted)}
	if link := look.WebLink(wordDocs(), p.Docs); link != nil {
		parts = append(parts, link)
	}
	return parts
}
