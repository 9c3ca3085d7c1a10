// Package assets holds the bytes that are built into the program: the icon.
package assets

import _ "embed"

// IconPNG is the application's icon, 512 pixels square.
//
//go:embed icon.png
var IconPNG []byte

// IconSVG is the drawing that IconPNG was made from.
//
//go:embed icon.svg
var IconSVG []byte
