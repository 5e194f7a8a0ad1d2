/**
 * What an instance has, as it says itself: columns, choices, lengths, people, rights, and what a profile that names little writes into them.
 * {@link io.ticketbridge.deliver.instance.InstanceChecks} compares the two before anything is sent (P30).
 */
package io.ticketbridge.deliver.instance;
