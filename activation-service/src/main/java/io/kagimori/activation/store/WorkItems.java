package io.kagimori.activation.store;

import io.kagimori.activation.domain.WorkItem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Work items and every change of them. A change is kept under the id of its request in the same
 * transaction, so a repeated request finds what the first one led to.
 */
@ApplicationScoped
public class WorkItems {
  private static final String CHANGE_OF =
      "select asked, document from work_item_change where request_id = ?";
  private static final String LOCK = "select document from work_item where item_id = ? for update";
  private static final String SAVE =
      """
      insert into work_item (item_id, state, owner, due_on, device_id, incident_id, document)
      values (?, ?, ?, ?, ?, ?, ?::json)
      on conflict (item_id) do update
        set state = excluded.state, owner = excluded.owner, due_on = excluded.due_on,
            document = excluded.document
      """;
  private static final String SAVE_CHANGE =
      """
      insert into work_item_change (request_id, item_id, number, asked, document)
      values (?, ?, ?, ?, ?::json) on conflict (request_id) do nothing
      """;
  private static final String HISTORY =
      "select document from work_item_change where item_id = ? order by number";

  private final DataSource database;

  WorkItems(DataSource database) {
    this.database = database;
  }

  /** What a request led to. */
  public sealed interface Written {}

  /** The item as the request left it, now or the first time. */
  public record Stored(WorkItem item) implements Written {}

  /** No item of that id is known. */
  public record Unknown() implements Written {}

  /** The item is over and this change would not reopen it. */
  public record NotAllowed(WorkItem item) implements Written {}

  /** The id belongs to another request. */
  public record IdReused() implements Written {}

  /**
   * Which items a list holds; an absent value does not filter.
   *
   * @param state where they stand
   * @param owner who does them
   * @param deviceId the device they are about
   * @param incidentId the incident they are about
   * @param overdue only those whose day has passed and that are not over
   */
  public record Filter(
      Optional<WorkItem.State> state,
      Optional<String> owner,
      Optional<String> deviceId,
      Optional<String> incidentId,
      boolean overdue) {}

  /**
   * Makes an item; its id is the request's.
   *
   * @param asked the request, to tell a repetition from another request under the same id
   */
  @Transactional
  public Written create(WorkItem item, String asked) {
    return write(item.itemId(), asked, before -> Optional.of(item), item.itemId());
  }

  /** Changes an item. */
  @Transactional
  public Written change(
      UUID requestId, UUID itemId, String asked, Function<WorkItem, Optional<WorkItem>> change) {
    return write(requestId, asked, before -> before.flatMap(change), itemId);
  }

  private Written write(
      UUID requestId,
      String asked,
      Function<Optional<WorkItem>, Optional<WorkItem>> next,
      UUID itemId) {
    try (Connection connection = database.getConnection()) {
      // The lock comes first: two repetitions at once then see each other.
      Optional<WorkItem> before = locked(connection, itemId);
      Optional<Written> repeated = repeated(connection, requestId, asked);
      if (repeated.isPresent()) {
        return repeated.get();
      }
      boolean isNew = requestId.equals(itemId);
      if (before.isEmpty() && !isNew) {
        return new Unknown();
      }
      Optional<WorkItem> after = next.apply(before);
      if (after.isEmpty()) {
        return before.<Written>map(NotAllowed::new).orElseGet(Unknown::new);
      }
      if (!saveChange(connection, requestId, asked, after.get())) {
        return repeated(connection, requestId, asked).orElseGet(IdReused::new);
      }
      save(connection, after.get());
      return new Stored(after.get());
    } catch (SQLException e) {
      throw new IllegalStateException("work items could not be written", e);
    }
  }

  private static Optional<WorkItem> locked(Connection connection, UUID itemId) throws SQLException {
    return documents(connection, LOCK, itemId).stream().findFirst();
  }

  private static Optional<Written> repeated(Connection connection, UUID requestId, String asked)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CHANGE_OF)) {
      statement.setObject(1, requestId);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        return Optional.of(
            rows.getString(1).equals(asked)
                ? new Stored(Documents.read(rows.getString(2), WorkItem.class))
                : new IdReused());
      }
    }
  }

  private static boolean saveChange(
      Connection connection, UUID requestId, String asked, WorkItem item) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SAVE_CHANGE)) {
      statement.setObject(1, requestId);
      statement.setObject(2, item.itemId());
      statement.setInt(3, item.number());
      statement.setString(4, asked);
      statement.setString(5, Documents.write(item));
      return statement.executeUpdate() == 1;
    }
  }

  private static void save(Connection connection, WorkItem item) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
      statement.setObject(1, item.itemId());
      statement.setString(2, item.state().name());
      statement.setString(3, item.owner());
      statement.setObject(4, item.dueOn());
      statement.setString(5, item.deviceId());
      statement.setString(6, item.incidentId());
      statement.setString(7, Documents.write(item));
      statement.executeUpdate();
    }
  }

  /** The item of that id as it was after each of its changes, oldest first; empty if unknown. */
  public List<WorkItem> history(UUID itemId) {
    try (Connection connection = database.getConnection()) {
      return documents(connection, HISTORY, itemId);
    } catch (SQLException e) {
      throw new IllegalStateException("work items could not be read", e);
    }
  }

  private static List<WorkItem> documents(Connection connection, String sql, UUID itemId)
      throws SQLException {
    List<WorkItem> items = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, itemId);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          items.add(Documents.read(rows.getString(1), WorkItem.class));
        }
      }
    }
    return items;
  }

  /**
   * Items behind one, in the order of their ids.
   *
   * @param today the day by which something is overdue
   */
  public List<WorkItem> after(Optional<UUID> after, Filter filter, LocalDate today, int limit) {
    StringBuilder sql = new StringBuilder("select document from work_item where true");
    List<Object> values = new ArrayList<>();
    add(sql, values, " and item_id > ?", after);
    add(sql, values, " and state = ?", filter.state().map(Enum::name));
    add(sql, values, " and owner = ?", filter.owner());
    add(sql, values, " and device_id = ?", filter.deviceId());
    add(sql, values, " and incident_id = ?", filter.incidentId());
    if (filter.overdue()) {
      add(sql, values, " and due_on < ?", Optional.of(today));
      sql.append(" and state not in ('DONE', 'CANCELED')");
    }
    sql.append(" order by item_id limit ").append(limit);
    List<WorkItem> items = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          items.add(Documents.read(rows.getString(1), WorkItem.class));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("work items could not be read", e);
    }
    return items;
  }

  private static void add(
      StringBuilder sql, List<Object> values, String condition, Optional<?> value) {
    value.ifPresent(
        v -> {
          sql.append(condition);
          values.add(v);
        });
  }
}
