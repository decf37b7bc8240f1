DROP VIEW north_orders;
