/**
 * How far tickets have come: read in pages before a policy decides (P7, P8), or because they were changed (P26). A row that is missing is
 * told from one that is hidden or has moved, and an instance whose queries can not be trusted is refused.
 */
package io.ticketbridge.deliver.state;
