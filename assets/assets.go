// Package assets holds the bytes that are built into the program: the icon, and
// the texts of the window in other languages.
package assets

import "embed"

// IconPNG is the application's icon, 512 pixels square.
//
//go:embed icon.png
var IconPNG []byte

// IconSVG is the drawing that IconPNG was made from.
//
//go:embed icon.svg
var IconSVG []byte

// Translations has a file translations/CODE.json for each language of the
// window, in the format of the toolkit: github.com/nicksnyder/go-i18n. A key is
// the English text.
//
//go:embed translations
var Translations embed.FS
