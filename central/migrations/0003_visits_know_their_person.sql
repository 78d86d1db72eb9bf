-- A visit leads to its person by id: an index changes with its key, and may do so while the visit
-- is open. NULL where nobody is known by the number.
ALTER TABLE visit ADD COLUMN person TEXT;
UPDATE visit SET person = (SELECT p.id FROM person p WHERE p.number_index = visit.person_index);
