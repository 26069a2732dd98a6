package io.kagimori.contracts.table;

/**
 * Why a row was left out. It never repeats the cell, which may hold a product key by mistake.
 *
 * @param line line in the file where the row begins, the header being 1
 * @param deviceId the device, where the row names one
 * @param column the column to blame; absent when it is the whole row
 * @param code stable code
 * @param message one sentence
 */
public record RowError(long line, String deviceId, String column, String code, String message) {}
