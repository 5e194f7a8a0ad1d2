/** The Kamelets in {@code kamelets/}: that they keep the catalogue's rules, and that they do what they say, in a Camel of their own. */
package io.ticketbridge.kamelets;
