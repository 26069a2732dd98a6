package io.kagimori.edition.store;

import io.kagimori.contracts.event.AgreementState;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.ReimageOverrideRequested;
import io.kagimori.edition.domain.Campaign;
import io.kagimori.edition.domain.EditionBatch;
import io.kagimori.edition.domain.Image;
import io.kagimori.stream.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What decisions rest on: keys, agreements, images, overrides, campaigns. */
final class FactRows {
  private static final String KEYS =
      """
      select document from key_fact
      where key_id = any(?) or upper(partial_key) = any(?) or products && ?
      """;
  private static final String PROMISED =
      """
      select pool_key_id, count(distinct device_id) from device_change
      where pool_key_id = any(?) group by pool_key_id
      """;
  private static final String AGREEMENTS =
      "select document from agreement_fact where agreement_id = any(?)";
  private static final String IMAGES = "select document from image where image_id = any(?)";
  private static final String LOCK_IMAGES = IMAGES + " order by image_id for update";
  private static final String OVERRIDES =
      """
      select document from reimage_override
      where device_id = any(?) or (device_id is null and image_id = any(?))
      order by override_id
      """;
  private static final String CAMPAIGNS =
      "select document from campaign where campaign_id = any(?)";
  private static final String LOCK_CAMPAIGNS = CAMPAIGNS + " order by campaign_id for update";
  private static final String ACTIVE_CAMPAIGNS =
      """
      select document from campaign c
      where state in ('RUNNING', 'PAUSED')
        or exists (select 1 from device_change d
                   where d.campaign_id = c.campaign_id and d.state = 'QUEUED')
      order by campaign_id
      """;
  private static final String SAVE_KEYS =
      """
      insert into key_fact (key_id, version, partial_key, products, document)
      select k, v, p, string_to_array(s, ' '), j::json
      from unnest(?, ?, ?, ?, ?) as u (k, v, p, s, j)
      on conflict (key_id) do update
        set version = excluded.version, partial_key = excluded.partial_key,
            products = excluded.products, document = excluded.document
        where key_fact.version < excluded.version
      """;
  private static final String SAVE_AGREEMENTS =
      """
      insert into agreement_fact (agreement_id, version, document)
      select a, v, j::json from unnest(?, ?, ?) as u (a, v, j)
      on conflict (agreement_id) do update
        set version = excluded.version, document = excluded.document
        where agreement_fact.version < excluded.version
      """;
  private static final String SAVE_IMAGES =
      """
      insert into image (image_id, version, document)
      select i, v, j::json from unnest(?, ?, ?) as u (i, v, j)
      on conflict (image_id) do update
        set version = excluded.version, document = excluded.document
      """;
  private static final String SAVE_OVERRIDES =
      """
      insert into reimage_override (override_id, device_id, image_id, valid_until, document)
      select o, d, i, t::timestamptz, j::json from unnest(?, ?, ?, ?, ?) as u (o, d, i, t, j)
      on conflict (override_id) do update
        set device_id = excluded.device_id, image_id = excluded.image_id,
            valid_until = excluded.valid_until, document = excluded.document
      """;
  private static final String SAVE_CAMPAIGNS =
      """
      insert into campaign (campaign_id, state, document)
      select c, s, j::json from unnest(?, ?, ?) as u (c, s, j)
      on conflict (campaign_id) do update
        set state = excluded.state, document = excluded.document
      """;

  private FactRows() {}

  /** Keys by their ids, their ends and the products they cover, with the seats promised. */
  static void loadKeys(
      Connection connection,
      Set<String> ids,
      Set<String> partials,
      Set<String> products,
      EditionBatch batch)
      throws SQLException {
    Set<String> known = batch.keys().ids();
    try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
      statement.setArray(1, SqlArrays.texts(connection, ids));
      statement.setArray(2, SqlArrays.texts(connection, partials));
      statement.setArray(3, SqlArrays.texts(connection, products));
      read(statement, KeyState.class, batch.keys()::loaded);
    }
    // What a batch has promised itself stands; only new keys bring the promises of others.
    Set<String> found = batch.keys().ids();
    found.removeAll(known);
    if (found.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(PROMISED)) {
      statement.setArray(1, SqlArrays.texts(connection, found));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          batch.keys().promised(rows.getString(1), rows.getLong(2));
        }
      }
    }
  }

  static void loadAgreements(Connection connection, Set<String> ids, EditionBatch batch)
      throws SQLException {
    byId(connection, AGREEMENTS, ids, AgreementState.class, batch::loaded);
  }

  static void loadImages(Connection connection, Set<String> ids, boolean lock, EditionBatch batch)
      throws SQLException {
    byId(connection, lock ? LOCK_IMAGES : IMAGES, ids, Image.class, batch::loaded);
  }

  static void loadOverrides(
      Connection connection, Set<String> devices, Set<String> images, EditionBatch batch)
      throws SQLException {
    if (devices.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(OVERRIDES)) {
      statement.setArray(1, SqlArrays.texts(connection, devices));
      statement.setArray(2, SqlArrays.texts(connection, images));
      read(statement, ReimageOverrideRequested.class, batch::loaded);
    }
  }

  static void loadCampaigns(
      Connection connection, Set<String> ids, boolean lock, EditionBatch batch)
      throws SQLException {
    byId(connection, lock ? LOCK_CAMPAIGNS : CAMPAIGNS, ids, Campaign.class, batch::loaded);
  }

  static void loadActiveCampaigns(Connection connection, EditionBatch batch) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ACTIVE_CAMPAIGNS)) {
      read(statement, Campaign.class, batch::loaded);
    }
  }

  private static <T> void byId(
      Connection connection, String sql, Collection<String> ids, Class<T> type, Consumer<T> each)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, SqlArrays.texts(connection, ids));
      read(statement, type, each);
    }
  }

  private static <T> void read(PreparedStatement statement, Class<T> type, Consumer<T> each)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        each.accept(Documents.read(rows.getString(1), type));
      }
    }
  }

  static void save(Connection connection, EditionBatch batch) throws SQLException {
    List<Object[]> keys = new ArrayList<>();
    for (KeyState key : batch.changedKeys()) {
      List<KeyProduct> covered = key.products() == null ? List.of() : key.products();
      // Slugs hold no blanks, so they travel as one text.
      String slugs = String.join(" ", covered.stream().map(KeyProduct::product).toList());
      keys.add(
          new Object[] {key.keyId(), key.version(), key.partialKey(), slugs, Documents.write(key)});
    }
    Statements.write(
        connection, SAVE_KEYS, new String[] {"text", "int8", "text", "text", "text"}, keys);
    String[] versioned = {"text", "int8", "text"};
    List<Object[]> agreements = new ArrayList<>();
    for (AgreementState agreement : batch.changedAgreements()) {
      agreements.add(
          new Object[] {agreement.agreementId(), agreement.version(), Documents.write(agreement)});
    }
    Statements.write(connection, SAVE_AGREEMENTS, versioned, agreements);
    List<Object[]> images = new ArrayList<>();
    for (Image image : batch.changedImages()) {
      images.add(new Object[] {image.request().imageId(), image.version(), Documents.write(image)});
    }
    Statements.write(connection, SAVE_IMAGES, versioned, images);
    List<Object[]> overrides = new ArrayList<>();
    for (ReimageOverrideRequested override : batch.changedOverrides()) {
      overrides.add(
          new Object[] {
            override.overrideId(),
            override.deviceId(),
            override.imageId(),
            override.validUntil().toString(),
            Documents.write(override)
          });
    }
    Statements.write(
        connection,
        SAVE_OVERRIDES,
        new String[] {"text", "text", "text", "text", "text"},
        overrides);
    List<Object[]> campaigns = new ArrayList<>();
    for (Campaign campaign : batch.changedCampaigns()) {
      campaigns.add(
          new Object[] {campaign.campaignId(), campaign.state().name(), Documents.write(campaign)});
    }
    Statements.write(connection, SAVE_CAMPAIGNS, new String[] {"text", "text", "text"}, campaigns);
  }
}
