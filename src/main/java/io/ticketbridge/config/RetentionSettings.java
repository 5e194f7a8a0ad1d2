package io.ticketbridge.config;

/**
 * How long the ledger keeps what is over. Nothing that an open ticket needs is forgotten.
 *
 * @param findings days for which findings that ended are kept
 * @param runs days for which runs and their accounts are kept
 * @param deadLetters days for which dead letters are kept after they were delivered
 */
public record RetentionSettings(int findings, int runs, int deadLetters) {}
