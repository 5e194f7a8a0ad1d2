/** The image's layers as files, as each build makes them on no base: what they hold, what they say they hold, and that they run. */
package io.ticketbridge.image;
